import { describe, expect, it } from "vitest";
import { lackingGames, summaryOf } from "./coverage-fixtures";
import { summarizeSeason } from "./summarize-season";

describe("summarizeSeason", () => {
  it("counts due dates with games, and their games; off days and what is to come do not count as played", () => {
    const summary = summarizeSeason([
      summaryOf({ date: "2026-11-08", state: "off" }),
      summaryOf({ date: "2026-11-09", state: "partial", expected: 11, lacking: lackingGames(1) }),
      summaryOf({ date: "2026-11-10", state: "whole", expected: 5 }),
      summaryOf({ date: "2026-11-21", state: "missing", expected: 9, lacking: lackingGames(9) }),
      summaryOf({ date: "2026-11-22", state: "pending", expected: 6 }),
      summaryOf({ date: "2026-11-23", state: "upcoming", expected: 4 }),
    ]);
    expect(summary.dates).toEqual({ played: 3, whole: 1 });
    expect(summary.games).toEqual({ played: 25, whole: 15, scheduled: 35 });
    expect(summary.attention.dates).toBe(2);
    expect(summary.attention.oldest?.date).toBe("2026-11-09");
    expect(summary.nextDue?.date).toBe("2026-11-22");
    expect(summary.count).toMatchObject({
      off: 1,
      whole: 1,
      partial: 1,
      missing: 1,
      pending: 1,
      upcoming: 1,
      stale: 0,
    });
  });

  it("is all nothing in a season without dates", () => {
    expect(summarizeSeason([])).toMatchObject({ attention: { dates: 0, oldest: null }, nextDue: null });
  });
});
