import { describe, expect, it } from "vitest";
import { describePrunedLog } from "./describe-pruned-log";

describe("describePrunedLog", () => {
  it.each([
    ["kept", "2026-09-12T10:00:00Z", null, null],
    [
      "by age",
      "2026-09-13T10:00:00Z",
      "2026-11-12T12:00:00Z",
      "Its log was removed on 12 Nov 2026, after 60 days.",
    ],
    [
      "a day old",
      "2026-11-11T10:00:00Z",
      "2026-11-12T12:00:00Z",
      "Its log was removed on 12 Nov 2026, after 1 day.",
    ],
    [
      "of today, by the Eastern calendar",
      "2026-11-12T23:00:00Z",
      "2026-11-13T03:00:00Z",
      "Its log was removed on 12 Nov 2026, less than a day after the run.",
    ],
    ["without an end", null, "2026-11-12T12:00:00Z", "Its log was removed on 12 Nov 2026."],
  ])("%s", (_name, finished, pruned, text) => {
    const at = (iso: string | null) => (iso === null ? null : new Date(iso));
    expect(describePrunedLog({ finishedAt: at(finished), logPrunedAt: at(pruned) })).toBe(text);
  });
});
