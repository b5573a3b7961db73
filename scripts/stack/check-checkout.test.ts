import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkCheckout, nodeIsRecent } from "./check-checkout.mjs";

describe("nodeIsRecent", () => {
  it.each([
    ["18.20.4", false],
    ["20.9.0", false],
    ["20.19.0", true],
    ["20.20.2", true],
    ["22.0.0", true],
  ])("%s: %s", (version, recent) => {
    expect(nodeIsRecent(version)).toBe(recent);
  });
});

describe("checkCheckout", () => {
  it("names what a broken clone lacks", () => {
    const empty = mkdtempSync(join(tmpdir(), "backcourt-"));
    expect(() => checkCheckout(empty)).toThrow(
      expect.objectContaining({ why: expect.stringContaining("package-lock.json") }),
    );
    rmSync(empty, { recursive: true });
  });
});
