import { describe, expect, it } from "vitest";
import { createRefreshLog } from "./game-standing";
import type { MeasuredGame } from "./measured-game";
import type { SeasonMeasurement } from "./measurement";
import { emptyGame, sampleGame, utc } from "./sample-game";
import { judgeSilver } from "./silver-lags";

/** A season of these games, measured when all of them were due. */
function judge(...games: MeasuredGame[]) {
  const byDate = new Map<string, MeasuredGame[]>();
  for (const game of games) byDate.set(game.date, [...(byDate.get(game.date) ?? []), game]);
  const measurement: Partial<SeasonMeasurement> = {
    measuredAt: new Date("2026-11-25T17:00:00Z"),
    refreshes: createRefreshLog(games.flatMap(({ schedule }) => schedule?.refreshedAt ?? [])),
    silver: { boxscores: true, pbp: true },
    newestSilverPlay: "2026-11-19",
    games: byDate,
  };
  return judgeSilver(measurement as SeasonMeasurement, []);
}

const NONE = { absent: 0, fewer: 0, older: 0, doubled: 0 };

describe("judgeSilver", () => {
  it.each<[string, MeasuredGame, Partial<typeof NONE>, number, boolean]>([
    [
      "absent, later than silver's plays",
      sampleGame({ date: "2026-11-20", silverRows: 0, silverPlays: 0 }),
      { absent: 1 },
      1,
      false,
    ],
    ["absent, not later", sampleGame({ silverRows: 0, silverPlays: 0 }), { absent: 1 }, 1, true],
    ["plays alone", sampleGame({ silverPlays: 0 }), {}, 1, true],
    ["doubled", sampleGame({ silverRows: 50 }), { doubled: 1 }, 0, true],
    ["fewer", sampleGame({ silverRows: 20 }), { fewer: 1 }, 0, true],
    [
      "older",
      sampleGame({ writtenAt: utc("2026-11-21 16:00"), silverWrittenAt: utc("2026-11-20 12:00") }),
      { older: 1 },
      0,
      true,
    ],
  ])("finds a date that is behind: %s", (_name, game, boxscores, plays, fullRefresh) => {
    const { lags, states } = judge(game);
    expect(lags).toMatchObject([
      { date: game.date, boxscores: { ...NONE, ...boxscores }, plays, build: { fullRefresh } },
    ]);
    expect(states).toEqual({ [game.date]: "stale" });
    expect(lags[0]?.text).toContain("1 of 1 game is behind in silver");
  });

  it("finds nothing behind where silver is whole, or waits for bronze", () => {
    expect(judge(sampleGame(), emptyGame({ date: "2026-11-20" }))).toEqual({
      states: { "2026-11-19": "whole", "2026-11-20": "missing" },
      lags: [],
    });
  });

  it("finds also what is behind of a date that bronze itself has only in part", () => {
    const { states, lags } = judge(
      sampleGame({ silverRows: 0, silverPlays: 0 }),
      emptyGame({ key: "BOS@NYK" }),
    );
    expect(states).toEqual({ "2026-11-19": "partial" });
    expect(lags).toMatchObject([{ date: "2026-11-19", boxscores: { absent: 1 }, plays: 1 }]);
  });

  it("counts no game that is not expected", () => {
    expect(judge(sampleGame({ isScheduled: false, silverRows: 0 })).lags).toEqual([]);
  });

  it("gives the oldest first", () => {
    const { lags } = judge(
      sampleGame({ date: "2026-11-18", silverPlays: 0 }),
      sampleGame({ date: "2026-11-17", silverPlays: 0 }),
    );
    expect(lags.map(({ date }) => date)).toEqual(["2026-11-17", "2026-11-18"]);
  });
});
