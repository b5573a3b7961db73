import { describe, expect, it } from "vitest";
import { summaryOf } from "./coverage-fixtures";
import { dayLabel } from "./day-label";

describe("dayLabel", () => {
  const partial = summaryOf({ state: "partial", expected: 9, boxscores: 9, pbp: 6, silver: 6 });
  it.each([
    [
      partial,
      false,
      null,
      "Thu Nov 19, 2026: partial, 9 games expected, box scores 9, play-by-play 6, silver 6",
    ],
    [
      { ...partial, silver: null },
      false,
      null,
      "Thu Nov 19, 2026: partial, 9 games expected, box scores 9, play-by-play 6",
    ],
    [
      {
        ...partial,
        predictions: { predicted: 7, pending: 0, fillable: 0, lost: 2, closesAt: "2026-11-20T00:00:00Z" },
      },
      false,
      null,
      "Thu Nov 19, 2026: partial, 9 games expected, box scores 9, play-by-play 6, silver 6, predictions 7",
    ],
    [
      {
        ...partial,
        predictions: { predicted: 7, pending: 0, fillable: 2, lost: 0, closesAt: "2026-11-20T00:00:00Z" },
      },
      false,
      null,
      "Thu Nov 19, 2026: partial, 9 games expected, box scores 9, play-by-play 6, silver 6, predictions 7 (2 fillable)",
    ],
    [
      { ...partial, waived: 1, unscheduled: 2 },
      true,
      "running" as const,
      "Thu Nov 19, 2026: partial, 9 games expected, box scores 9, play-by-play 6, silver 6, 2 unscheduled, 1 waived, today, backfill running",
    ],
    [
      summaryOf({ state: "upcoming", expected: 1 }),
      false,
      null,
      "Thu Nov 19, 2026: upcoming, 1 game expected",
    ],
    [summaryOf({ state: "upcoming" }), false, null, "Thu Nov 19, 2026: upcoming, no games"],
    [summaryOf({}), false, null, "Thu Nov 19, 2026: off, no games"],
    [summaryOf({ unscheduled: 1 }), false, null, "Thu Nov 19, 2026: off, 1 unscheduled"],
  ])("%#", (summary, today, run, text) => expect(dayLabel(summary, { today, run })).toBe(text));
});
