import { describe, expect, it } from "vitest";
import { coverageRefreshMs, noteCoverageChange } from "./coverage-refresh";

describe("coverageRefreshMs", () => {
  it("is short for a while after the page was opened and after each change, and calm later", () => {
    const opened = Date.now();
    expect(coverageRefreshMs(opened)).toBe(3_000);
    expect(coverageRefreshMs(opened + 61_000)).toBe(30_000);
    noteCoverageChange(opened + 100_000);
    expect(coverageRefreshMs(opened + 159_999)).toBe(3_000);
    expect(coverageRefreshMs(opened + 160_000)).toBe(30_000);
  });
});
