import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FINDINGS, type Finding, type PredictionsRequest } from "@/lib/contracts/predictions";
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

async function rowsOf(finding: Finding): Promise<string[]> {
  const { rows, total } = await ask({ finding });
  expect(total).toBe(rows.length);
  expect(rows.every(({ findings }) => findings.includes(finding))).toBe(true);
  return rows.map(({ date, dateText, home }) => `${date ?? dateText} ${home.acronym}`);
}

describe.each(["date", "text", "timestamp", "timestamptz"])("game dates of type %s", (type) => {
  beforeEach(async () => {
    await at.dropKeys();
    await at.sql(
      `alter table gold.ml_game_predictions alter game_date type ${type} using game_date::${type}`,
    );
  });

  it("sort, filter, and meet schedule and box scores alike", async () => {
    await at.predict("2026-11-19", LAKERS, SUNS);
    await at.predict("2026-11-23", SUNS, LAKERS);
    await at.predict("2026-11-20", BULLS, HEAT);
    await at.boxScore("a", { ...GAME, team: "PHX", opponent: "LAL", location: "H", points: 100 }, "L");
    await at.boxScore("b", { ...GAME, team: "LAL", opponent: "PHX", location: "A", points: 104 }, "W");
    const page = await ask();
    expect(page.rows.map(({ date }) => date)).toEqual(["2026-11-23", "2026-11-20", "2026-11-19"]);
    expect(page.rows.map(({ tipOff }) => tipOff?.at)).toEqual([
      "2026-11-24T00:00:00.000Z",
      "2026-11-21T00:30:00.000Z",
      "2026-11-20T03:30:00.000Z",
    ]);
    expect(page.rows[2]).toMatchObject({
      result: { homePoints: 100, awayPoints: 104, winner: "away" },
      favourite: "home",
      favouriteWon: false,
    });
    const dates = async (given: Partial<PredictionsRequest>) =>
      (await ask(given)).rows.map(({ date }) => date);
    expect(await dates({ order: "asc" })).toEqual(["2026-11-19", "2026-11-20", "2026-11-23"]);
    expect(await dates({ date: "2026-11-20" })).toEqual(["2026-11-20"]);
    expect(await dates({ from: "2026-11-20" })).toEqual(["2026-11-23", "2026-11-20"]);
    expect(await dates({ to: "2026-11-20" })).toEqual(["2026-11-20", "2026-11-19"]);
    expect((await at.coverage.date("2026-11-20")).games[0]?.prediction).toMatchObject({ state: "predicted" });
    const { scores } = await at.predictions.summary();
    expect(scores?.last7).toMatchObject({ predicted: 2, settled: 1, model: { hits: 0 } });
    expect(scores?.last7.model.brier).toBeCloseTo(0.36, 9);
  });

  it("count what is amiss, and show its rows", async () => {
    await at.predict("2026-11-19", LAKERS, SUNS, { writtenAt: "2026-11-20 03:30:00" });
    await at.predict("2026-11-20", BULLS, HEAT, { writtenAt: "2026-11-21 00:30:01" });
    await at.predict("2026-11-20", BULLS, HEAT, { writtenAt: "2026-11-20 12:06" });
    await at.predict("2026-11-20", HEAT, BULLS, { home: 0.5, away: 0.6 });
    await at.predict("2026-11-21", LAKERS, BULLS, { home: 1.2, away: -0.2 });
    await at.predict(null, LAKERS, HEAT, { home: null });
    const played = { date: "2026-11-21", team: "CHI", opponent: "LAL", location: "H", points: 100 } as const;
    await at.boxScore("a", played, "L");
    expect(await rowsOf("after-tip-off")).toEqual(["2026-11-20 MIA"]);
    expect(await rowsOf("duplicate")).toEqual(["2026-11-20 MIA", "2026-11-20 MIA"]);
    // Bulls at home on the 20th are in no schedule; on the 21st they have box scores: they played.
    expect(await rowsOf("without-game")).toEqual(["2026-11-20 CHI"]);
    expect(await rowsOf("not-summing")).toEqual(["2026-11-20 CHI"]);
    expect(await rowsOf("out-of-range")).toEqual(["2026-11-21 CHI", "null MIA"]);
    expect(await rowsOf("unreadable-date")).toEqual(["null MIA"]);
    expect(await rowsOf("unpredicted")).toEqual(["2026-11-23 LAL"]);
    for (const finding of FINDINGS)
      expect([finding, await count(finding)]).toEqual([finding, (await ask({ finding })).total]);
  });

  it("may be none at all", async () => {
    expect(await ask()).toMatchObject({ available: true, rows: [], total: 0, pages: 0 });
    const summary = await at.predictions.summary();
    expect(summary).toMatchObject({
      available: true,
      total: 0,
      tonight: { expected: 1, predicted: 0, fillable: 1 },
      scores: { season: { predicted: 0, model: { brier: null, hitRate: null } } },
    });
    expect(await count("unpredicted")).toBe(3);
  });
});

describe("text dates that are no dates", () => {
  beforeEach(async () => {
    await at.dropKeys();
    await at.sql("alter table gold.ml_game_predictions alter game_date type text using game_date::text");
  });

  it("are shown last with what they say, and counted", async () => {
    await at.predict("soon", LAKERS, SUNS);
    await at.predict("2026-11-20 00:00:00", BULLS, HEAT);
    await at.predict("11/21/2026", SUNS, LAKERS);
    await at.predict("2026-02-30", HEAT, BULLS);
    await at.predict("2026-11-19", LAKERS, SUNS);
    await at.predict("", HEAT, SUNS);
    const shown = (await ask()).rows.map(({ date, dateText }) => [date, dateText]);
    expect(shown.slice(0, 2)).toEqual([
      ["2026-11-20", null],
      ["2026-11-19", null],
    ]);
    expect(shown.slice(2).every(([date]) => date === null)).toBe(true);
    expect(shown.map(([, text]) => text).sort()).toEqual([
      "",
      "11/21/2026",
      "2026-02-30",
      null,
      null,
      "soon",
    ]);
    expect((await rowsOf("unreadable-date")).sort()).toEqual([
      " PHX",
      "11/21/2026 LAL",
      "2026-02-30 CHI",
      "soon PHX",
    ]);
    expect(await count("unreadable-date")).toBe(4);
    expect((await at.predictions.summary()).scores?.season).toMatchObject({ predicted: 2 });
    expect((await at.coverage.season(null)).predictionsProblem).toBeNull();
  });
});

describe("rows that lack something", () => {
  it("have no market without odds, and no edge", async () => {
    await at.predict("2026-11-19", LAKERS, SUNS, { homeLine: null });
    await at.predict("2026-11-20", BULLS, HEAT, { homeLine: 0 });
    await at.predict("2026-11-23", SUNS, LAKERS);
    const { rows } = await ask({ sort: "edge", order: "asc" });
    expect(rows.map(({ market, edge }) => [market !== null, edge !== null])).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ]);
    expect(rows.map(({ homeMoneyline }) => homeMoneyline)).toEqual([-150, 0, null]);
  });

  it("name a team that nobody knows, and are found by it", async () => {
    await at.predict("2026-11-20", "Seattle SuperSonics", HEAT);
    const { rows, notices } = await ask({ team: "sonics" });
    expect(rows[0]?.away).toEqual({ acronym: "SEA", name: "Seattle SuperSonics", color: null });
    expect(notices).toEqual([
      { code: "unknown-teams", message: expect.stringContaining("Seattle SuperSonics") },
    ]);
    expect(await rowsOf("without-game")).toEqual(["2026-11-20 MIA"]);
  });

  it("may be written NaN or infinite", async () => {
    await at.predict("2026-11-20", BULLS, HEAT, { home: "NaN", away: "Infinity" });
    expect((await ask()).rows[0]).toMatchObject({ homeWin: null, awayWin: null, findings: ["out-of-range"] });
    expect(await count("out-of-range")).toBe(1);
  });
});
