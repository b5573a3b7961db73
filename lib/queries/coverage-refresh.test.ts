import { describe, expect, it } from "vitest";
import { coverageRefreshMs, noteCoverageChange } from "./coverage-refresh";

describe("coverageRefreshMs", () => {
  it("is short for a while after a change, and calm before and later", () => {
    expect(coverageRefreshMs(1_000_000)).toBe(30_000);
    noteCoverageChange(1_000_000);
    expect(coverageRefreshMs(1_000_000)).toBe(3_000);
    expect(coverageRefreshMs(1_089_999)).toBe(3_000);
    expect(coverageRefreshMs(1_090_000)).toBe(30_000);
  });
});
