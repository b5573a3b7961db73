import { describe, expect, it } from "vitest";
import { tonightWarning } from "./tonight-warning";

const WINDOW = { fromMinute: 720, toMinute: 750 };

describe("tonightWarning", () => {
  it.each([
    ["2026-11-22T23:59:59Z", false],
    ["2026-11-23T00:00:00Z", true],
    ["2026-11-23T05:30:00Z", true],
    ["2026-11-23T12:29:59Z", true],
    ["2026-11-23T12:30:00Z", false],
    ["2026-11-23T18:00:00Z", false],
  ])("at %s: %s", (moment, warns) => {
    expect(tonightWarning(new Date(moment), WINDOW) !== null).toBe(warns);
    expect(tonightWarning(new Date(moment), null) !== null).toBe(warns);
  });

  it("names the end of the configured daily run", () => {
    const later = { fromMinute: 780, toMinute: 805 };
    expect(tonightWarning(new Date("2026-11-23T13:00:00Z"), later)).toContain("(13:25 UTC)");
  });
});
