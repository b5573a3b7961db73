import { describe, expect, it } from "vitest";
import { assembleGames, type ReadRows } from "./assemble-games";
import { gameKey } from "./measured-game";

const DATE = "2026-11-19";
const LAL_PHX = {
  date: DATE,
  away: "LAL",
  home: "PHX",
  tipOff: "7:30p",
  mayNotBePlayed: false,
  refreshedAt: 1,
};

function assemble(rows: Partial<ReadRows>) {
  const games = assembleGames({
    scheduled: [LAL_PHX],
    boxscores: [],
    plays: [],
    silverBoxscores: [],
    silverPlays: [],
    ...rows,
  });
  return games.get(DATE) ?? [];
}

function boxscores(team: string, opponent: string | null, location: string | null, rows = 12) {
  return { date: DATE, team, opponent, location, rows, newestAt: 5, points: 100 };
}

describe("assembleGames", () => {
  it("puts all sources of a game together", () => {
    const key = { date: DATE, home: "PHX", away: "LAL" };
    const games = assemble({
      boxscores: [boxscores("LAL", "PHX", "A"), boxscores("PHX", "LAL", "H", 13)],
      plays: [{ ...key, rows: 125, newestAt: 7 }],
      silverBoxscores: [
        { date: DATE, team: "LAL", rows: 12, newestAt: 5 },
        { date: DATE, team: "PHX", rows: 13, newestAt: 6 },
      ],
      silverPlays: [{ ...key, rows: 120 }],
    });
    expect(games).toEqual([
      {
        date: DATE,
        away: "LAL",
        home: "PHX",
        schedule: { tipOff: "7:30p", mayNotBePlayed: false, refreshedAt: 1 },
        boxscores: { awayRows: 12, homeRows: 13, newestAt: 5 },
        pbp: { rows: 125, newestAt: 7 },
        silverBoxscores: { rows: 25, newestAt: 6 },
        silverPbp: { rows: 120 },
        points: { away: 100, home: 100 },
      },
    ]);
  });

  it("adds up two spellings of one date", () => {
    const [game] = assemble({
      boxscores: [boxscores("LAL", "PHX", "A", 6), boxscores("LAL", "PHX", "A", 6)],
    });
    expect(game?.boxscores.awayRows).toBe(12);
  });

  it("makes an unscheduled game of data that no scheduled game fits", () => {
    const games = assemble({ boxscores: [boxscores("LAL", "DEN", "H"), boxscores("DEN", "LAL", "A")] });
    expect(games.map(gameKey)).toEqual(["LAL@PHX", "DEN@LAL"]);
    expect(games[0]?.boxscores).toEqual({ awayRows: 0, homeRows: 0, newestAt: null });
    expect(games[1]).toMatchObject({ schedule: null, boxscores: { awayRows: 12, homeRows: 12 } });
    const plays = assemble({ plays: [{ date: DATE, home: "UTA", away: "SAS", rows: 1, newestAt: null }] });
    expect(plays.map(gameKey)).toEqual(["LAL@PHX", "SAS@UTA"]);
  });

  it("keeps a pair together whatever the location says", () => {
    const neutral = assemble({
      boxscores: [boxscores("LAL", "PHX", "N"), boxscores("PHX", "LAL", "N")],
      plays: [{ date: DATE, home: "LAL", away: "PHX", rows: 125, newestAt: null }],
    });
    expect(neutral).toHaveLength(1);
    expect(neutral[0]).toMatchObject({ boxscores: { awayRows: 12, homeRows: 12 }, pbp: { rows: 125 } });
    const swapped = { ...LAL_PHX, away: "PHX", home: "LAL" };
    const both = assemble({
      scheduled: [LAL_PHX, swapped],
      boxscores: [boxscores("LAL", "PHX", "H"), boxscores("PHX", "LAL", "A")],
    });
    expect(both.map(({ boxscores: { awayRows } }) => awayRows)).toEqual([0, 12]);
  });

  it("matches by the team alone where box scores name no opponent", () => {
    const games = assemble({ boxscores: [boxscores("PHX", null, null), boxscores("UTA", null, null)] });
    expect(games).toHaveLength(1);
    expect(games[0]?.boxscores.homeRows).toBe(12);
  });

  it("gives silver's rows to the game that was played, not to its phantom", () => {
    const phantom = { ...LAL_PHX, away: "LAL", home: "DEN" };
    const games = assemble({
      scheduled: [phantom, LAL_PHX],
      boxscores: [boxscores("LAL", "PHX", "A"), boxscores("PHX", "LAL", "H")],
      silverBoxscores: [{ date: DATE, team: "LAL", rows: 12, newestAt: 5 }],
    });
    expect(games.map((game) => game.silverBoxscores?.rows)).toEqual([0, 12]);
  });

  it("knows silver's absence from its emptiness", () => {
    expect(assemble({ silverBoxscores: null, silverPlays: null })[0]).toMatchObject({
      silverBoxscores: null,
      silverPbp: null,
    });
  });
});
