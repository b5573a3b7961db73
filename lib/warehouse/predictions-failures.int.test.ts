import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Finding, PredictionsRequest } from "@/lib/contracts/predictions";
import { BULLS, HEAT, LAKERS, SUNS, ThreeGameConsole } from "@/sandbox/testing/three-game-console";

const GAME = { date: "2026-11-19" } as const;

let at: ThreeGameConsole;

beforeEach(async () => {
  at = await ThreeGameConsole.open();
}, 20_000);

afterEach(async () => {
  await at?.close();
});

const ask = (given: Partial<PredictionsRequest> = {}) =>
  at.predictions.page({ sort: "date", order: "desc", page: 1, ...given });

async function count(finding: Finding): Promise<number | null | undefined> {
  const { findings } = await at.predictions.summary();
  return findings.find((line) => line.finding === finding)?.count;
}

describe("tables of another shape", () => {
  it("need no times, no odds, and no index", async () => {
    await at.sql(`alter table gold.ml_game_predictions drop created_at, drop modified_at, drop home_moneyline,
      drop away_moneyline, drop constraint ml_game_predictions_unique`);
    await at.sql(
      `insert into gold.ml_game_predictions (game_date, away_team, home_team, home_team_predicted_win_pct,
      away_team_predicted_win_pct) values ('2026-11-20', $1, $2, 0.6, 0.4)`,
      [BULLS, HEAT],
    );
    const { rows, notices } = await ask();
    expect(notices).toEqual([]);
    expect(rows[0]).toMatchObject({ firstWrittenAt: null, market: null, homeMoneyline: null, homeWin: 0.6 });
    const { findings } = await at.predictions.summary();
    expect(findings.find(({ finding }) => finding === "after-tip-off")).toMatchObject({
      count: null,
      text: expect.stringContaining("created_at"),
    });
    expect((await ask({ finding: "after-tip-off" })).notices[0]?.message).toContain("created_at");
  });

  it("may hold numbers as text", async () => {
    await at.sql(`alter table gold.ml_game_predictions alter home_moneyline type text using home_moneyline::text,
      alter home_team_predicted_win_pct type text using home_team_predicted_win_pct::text`);
    await at.predict("2026-11-20", BULLS, HEAT);
    await at.predict("2026-11-23", SUNS, LAKERS, { home: "n/a" });
    expect((await ask()).rows.map(({ homeWin, homeMoneyline }) => [homeWin, homeMoneyline])).toEqual([
      [null, -150],
      [0.6, -150],
    ]);
    expect([await count("out-of-range"), await count("not-summing")]).toEqual([1, 0]);
  });

  it("name the predictions when they are missing, unreadable, or lack a column", async () => {
    await at.predict("2026-11-20", BULLS, HEAT);
    for (const [change, back, said] of [
      [
        "rename to gone",
        "alter table gold.gone rename to ml_game_predictions",
        "gold.ml_game_predictions does not exist",
      ],
      [
        "rename home_team to host",
        "alter table gold.ml_game_predictions rename host to home_team",
        "has no column home_team",
      ],
    ] as const) {
      await at.sql(`alter table gold.ml_game_predictions ${change}`);
      await at.reopen();
      const page = await ask();
      expect(page).toMatchObject({ available: false, rows: [], total: 0, stale: null });
      expect(page.notices[0]?.message).toContain(said);
      const summary = await at.predictions.summary();
      expect(summary).toMatchObject({
        available: false,
        total: null,
        tonight: null,
        scores: null,
        findings: [],
      });
      expect(summary.notices[0]?.message).toContain(said);
      const season = await at.coverage.season(null);
      expect(season.predictionsProblem).toContain(said);
      expect(season.dates.every(({ predictions }) => predictions === null)).toBe(true);
      expect((await ask({ finding: "unpredicted" })).available).toBe(false);
      await at.sql(back);
    }
    await at.sql("revoke select on gold.ml_game_predictions from sandbox_test_reader");
    await at.reopen();
    expect((await ask()).notices[0]?.message).toContain("GRANT SELECT ON gold.ml_game_predictions");
    expect((await at.coverage.date("2026-11-20")).predictionsProblem).toContain("GRANT");
  });

  it("are looked at anew when they change under an open console", async () => {
    await at.predict("2026-11-20", BULLS, HEAT);
    expect((await ask()).rows[0]?.firstWrittenAt).not.toBeNull();
    await at.sql("alter table gold.ml_game_predictions drop created_at");
    expect((await ask()).rows[0]?.firstWrittenAt).toBeNull();
    expect((await at.coverage.date("2026-11-20")).games[0]?.prediction?.state).toBe("predicted");
  });

  it("do without schedule and box scores", async () => {
    await at.predict("2026-11-20", BULLS, HEAT);
    await at.sql("drop table bronze.bbref_league_schedule, bronze.bbref_player_boxscores");
    const { rows, notices } = await ask();
    expect(rows[0]).toMatchObject({ tipOff: null, result: null });
    expect(notices.map(({ code }) => code)).toEqual(["missing-table", "missing-table"]);
    const { tonight, findings } = await at.predictions.summary();
    expect(tonight).toBeNull();
    const unchecked = findings.filter(({ count: n }) => n === null).map(({ finding }) => finding);
    expect(unchecked).toEqual(["unpredicted", "without-game", "after-tip-off"]);
  });

  it("tell the winner by points where box scores have no outcome", async () => {
    await at.predict("2026-11-19", LAKERS, SUNS);
    await at.sql("alter table bronze.bbref_player_boxscores drop outcome");
    const phoenix = { ...GAME, team: "PHX", opponent: "LAL", location: "H" } as const;
    await at.boxScore("a", { ...phoenix, points: 60 }, null);
    await at.boxScore("b", { ...phoenix, points: 61 }, null);
    await at.boxScore("c", { ...GAME, team: "LAL", opponent: "PHX", location: "A", points: 104 }, null);
    expect((await ask()).rows[0]).toMatchObject({
      result: { homePoints: 121, awayPoints: 104, winner: "home" },
      favouriteWon: true,
    });
  });
});

describe("tables that are being written", () => {
  async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
    const writer = new Client({ connectionString: at.warehouse.pipelineUrl });
    await writer.connect();
    try {
      await writer.query(`begin; lock table ${table} in access exclusive mode`);
      await work();
    } finally {
      await writer.end();
    }
  }

  it("show the last known rows, since when and why, and recover", async () => {
    await at.predict("2026-11-20", BULLS, HEAT);
    await ask();
    await at.coverage.season(null);
    await whileLocked("gold.ml_game_predictions", async () => {
      const page = await ask();
      expect(page).toMatchObject({ total: 1, stale: { reason: "being-written" } });
      // Bronze is not stale for it, and its counts are the last known ones.
      const season = await at.coverage.season(null);
      expect(season.stale).toBeNull();
      expect(season.predictionsProblem).toContain("being written");
      const known = season.dates.find(({ date }) => date === "2026-11-20");
      expect(known?.predictions).toMatchObject({ predicted: 1 });
      await expect(ask({ team: "MIA" })).rejects.toMatchObject({ code: "warehouse-unavailable" });
    });
    expect(await ask()).toMatchObject({ total: 1, stale: null });
    expect((await at.coverage.season(null)).predictionsProblem).toBeNull();
  });

  it("leave the rows without results while box scores are locked", async () => {
    await at.predict("2026-11-20", BULLS, HEAT);
    await whileLocked("bronze.bbref_player_boxscores", async () => {
      const { rows, notices } = await ask();
      expect(rows).toHaveLength(1);
      expect(notices[0]).toMatchObject({ code: "not-measured", message: expect.stringContaining("Results") });
    });
    expect((await ask()).notices).toEqual([]);
  });
});
