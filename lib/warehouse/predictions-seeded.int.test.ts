import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PredictionRow, PredictionsRequest } from "@/lib/contracts/predictions";
import { predictionsPageSchema, predictionsSummarySchema } from "@/lib/contracts/predictions";
import { addDays } from "@/lib/game-date";
import { impliedProbability } from "@/lib/predictions/odds";
import { gameKey, gamesOn } from "@/sandbox/season/season";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { seededHoles, seedWarehouse } from "@/sandbox/warehouse/seed";
import { type CoverageReader, createCoverageReader } from "./coverage-reader";
import { createPredictionsReader, type PredictionsReader } from "./predictions-reader";
import { createWarehousePool, type WarehousePool } from "./warehouse-pool";

const ANCHOR = "2025-02-12";
const NOW = new Date("2025-02-12T17:00:00Z");
const HOLES = seededHoles(NOW, ANCHOR);

let warehouse: ThrowawayWarehouse;
let pool: WarehousePool;
let coverage: CoverageReader;
let reader: PredictionsReader;
let now = NOW;
let statements = 0;

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now: NOW, anchorDate: ANCHOR });
  pool = createWarehousePool(warehouse.readerUrl, { onStatement: () => statements++ });
  coverage = createCoverageReader({ pool, now: () => now, listWaivers: async () => [] });
  reader = createPredictionsReader({
    pool,
    now: () => now,
    currentSeason: () => coverage.predictions(null),
  });
});

afterAll(async () => {
  await coverage?.idle();
  await pool?.end();
  await warehouse?.drop();
});

const ask = (given: Partial<PredictionsRequest> = {}) =>
  reader.page({ sort: "date", order: "desc", page: 1, ...given });

function hole(kind: (typeof HOLES)[number]["kind"]) {
  const found = HOLES.find((candidate) => candidate.kind === kind);
  if (!found) throw new Error(`no date is ${kind}`);
  return found;
}

const nameOf = ({ away, home }: PredictionRow) => `${away.acronym}@${home.acronym}`;

/** The whole table by the same filters, page after page. */
async function allRows(given: Partial<PredictionsRequest> = {}): Promise<PredictionRow[]> {
  const first = await ask(given);
  const rest = Array.from({ length: first.pages - 1 }, (_, index) => ask({ ...given, page: index + 2 }));
  return [first, ...(await Promise.all(rest))].flatMap(({ rows }) => rows);
}

describe("the latest predictions", () => {
  it("are the runbook's hundred, newest date first, and satisfy the contract", async () => {
    const page = await ask();
    expect(predictionsPageSchema.parse(page)).toEqual(page);
    const runbook = await warehouse.admin.query(
      "select game_date::text as date from gold.ml_game_predictions order by game_date desc limit 100",
    );
    expect(page.rows.map(({ date }) => date)).toEqual(runbook.rows.map(({ date }) => date));
    expect(page).toMatchObject({ available: true, page: 1, notices: [], stale: null });
    const { rows } = await warehouse.admin.query("select count(*)::int as n from gold.ml_game_predictions");
    expect(page.total).toBe(rows[0].n);
    expect(page.pages).toBe(Math.ceil(rows[0].n / 100));
  });

  it("come page by page without a gap or a repeat, whatever the order", async () => {
    const total = (await ask()).total;
    for (const sort of ["date", "home", "homeWin", "market", "edge", "awayMoneyline"] as const)
      for (const order of ["asc", "desc"] as const) {
        const rows = await allRows({ sort, order });
        expect(new Set(rows.map(({ key }) => key)).size).toBe(total);
        const values = rows.map((row) =>
          sort === "market"
            ? (row.market?.home ?? null)
            : sort === "home"
              ? row.home.name
              : sort === "date"
                ? row.date
                : row[sort],
        );
        const sorted = [...values].sort((a, b) => (a === b ? 0 : (a ?? 0) < (b ?? 0) ? -1 : 1));
        expect(values).toEqual(order === "asc" ? sorted : sorted.reverse());
      }
    expect((await ask({ page: 99 })).rows).toEqual([]);
  });

  it("carry tip-off, teams, the market's chance and the edge", async () => {
    const [row] = (await ask({ date: "2025-02-10" })).rows;
    if (!row?.market || row.homeMoneyline === null || row.awayMoneyline === null) throw new Error("no odds");
    const game = gamesOn("2025-02-10", ANCHOR).find((candidate) => gameKey(candidate) === nameOf(row));
    expect(row.tipOff?.eastern).toBe(game?.startTime);
    expect(row.tipOff?.at?.slice(0, 10)).toMatch(/^2025-02-1[01]$/);
    expect(row.home).toMatchObject({ name: game?.home.name, acronym: game?.home.acronym });
    expect(row.home.color).toMatch(/^#/);
    const home = impliedProbability(row.homeMoneyline) ?? 0;
    const away = impliedProbability(row.awayMoneyline) ?? 0;
    expect(row.market.home).toBeCloseTo(home / (home + away), 12);
    expect(row.edge).toBeCloseTo((row.homeWin ?? 0) - home / (home + away), 12);
    expect(row.firstWrittenAt).toBe("2025-02-10T12:06:20.000Z");
  });

  it("have a result once box scores are there, and say whether the favourite won", async () => {
    const rows = await allRows();
    const late = hole("late").date;
    for (const row of rows) {
      const { result, favourite, favouriteWon } = row;
      if (row.date === null) throw new Error("no date");
      if (row.date >= late) expect(result).toBeNull();
      if (!result) continue;
      expect(result.winner).toBe((result.homePoints ?? 0) > (result.awayPoints ?? 0) ? "home" : "away");
      expect(favouriteWon).toBe(favourite === null ? null : favourite === result.winner);
    }
    const settled = rows.find(({ result }) => result !== null);
    const { rows: totals } = await warehouse.admin.query(
      `select sum(pts) filter (where team = $2)::int as home, sum(pts) filter (where team = $3)::int as away
      from bronze.bbref_player_boxscores where date = $1`,
      [settled?.date, settled?.home.acronym, settled?.away.acronym],
    );
    expect(settled?.result).toMatchObject({ homePoints: totals[0].home, awayPoints: totals[0].away });
    const absent = (await ask({ date: hole("missing").date })).rows;
    expect(absent.length).toBeGreaterThan(0);
    expect(absent.every(({ result }) => result === null)).toBe(true);
  });

  it("are shared by those who ask at once", async () => {
    await ask();
    statements = 0;
    await ask();
    const alone = statements;
    statements = 0;
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask()));
    expect(statements).toBe(alone);
    expect(new Set(answers.map(({ measuredAt }) => measuredAt)).size).toBe(1);
  });
});

describe("filters", () => {
  it.each([
    ["LAL", "Los Angeles Lakers"],
    ["lal", "Los Angeles Lakers"],
    ["lakers", "Los Angeles Lakers"],
    ["Phoenix", "Phoenix Suns"],
  ])("find the games of %s", async (team, name) => {
    const { rows, total } = await ask({ team });
    const { rows: counted } = await warehouse.admin.query(
      "select count(*)::int as n from gold.ml_game_predictions where $1 in (home_team, away_team)",
      [name],
    );
    expect(total).toBe(counted[0].n);
    expect(rows.every(({ home, away }) => home.name === name || away.name === name)).toBe(true);
  });

  it("find several teams by a part of their names, and none by nonsense", async () => {
    const names = (await allRows({ team: "los angeles" })).flatMap(({ home, away }) => [
      home.name,
      away.name,
    ]);
    expect(names).toContain("Los Angeles Lakers");
    expect(names).toContain("Los Angeles Clippers");
    for (const team of ["%", "_", "\\", "'; drop table x", "zzz"])
      expect(await ask({ team })).toMatchObject({ rows: [], total: 0, pages: 0 });
  });

  it("keep to dates, both ends included", async () => {
    const dates = async (given: Partial<PredictionsRequest>) =>
      [...new Set((await allRows(given)).map(({ date }) => date))].sort();
    expect(await dates({ date: "2025-02-08" })).toEqual(["2025-02-08"]);
    expect(await dates({ from: "2025-02-06", to: "2025-02-08" })).toEqual([
      "2025-02-06",
      "2025-02-07",
      "2025-02-08",
    ]);
    expect(await dates({ from: "2025-02-06", to: "2025-02-08", date: "2025-02-07" })).toEqual(["2025-02-07"]);
    expect(await dates({ from: "2025-02-08", to: "2025-02-06" })).toEqual([]);
    expect(await dates({ from: "0000-01-01", to: "9999-12-31" })).toEqual(await dates({}));
    expect(await dates({ to: "0000-01-01" })).toEqual([]);
  });
});

describe("the summary", () => {
  it("says what is missing tonight, and satisfies the contract", async () => {
    const summary = await reader.summary();
    expect(predictionsSummarySchema.parse(summary)).toEqual(summary);
    const gap = hole("predictions-today");
    const expected = gamesOn(gap.date, ANCHOR).length;
    expect(summary.tonight).toMatchObject({
      date: "2025-02-12",
      expected,
      predicted: expected - 2,
      fillable: 2,
      lost: 0,
      closesAt: "2025-02-13T00:00:00.000Z",
    });
    expect(summary.tonight?.lacking.map(({ key }) => key).sort()).toEqual([...gap.games].sort());
    expect(summary.mlToday).toEqual(summary.tonight);
    expect(summary.total).toBe((await ask()).total);
  });

  it("loses tonight's gap at 24:00 UTC, while it is still today in the East", async () => {
    now = new Date("2025-02-13T00:10:00Z");
    try {
      const { tonight, mlToday, today } = await reader.summary();
      expect({ today, state: tonight?.lost, next: mlToday?.date }).toEqual({
        today: "2025-02-12",
        state: 2,
        next: "2025-02-13",
      });
      expect(mlToday).toMatchObject({ predicted: 0, pending: mlToday?.expected, fillable: 0, lost: 0 });
    } finally {
      now = NOW;
    }
  });

  it("scores the last days as SQL by hand does", async () => {
    const { scores } = await reader.summary();
    const { rows } = await warehouse.admin.query(`
      with result as (
        select team, date::date as date, bool_and(outcome = 'W') as won from bronze.bbref_player_boxscores
        where location = 'H' group by 1, 2)
      select count(*)::int as games, avg((home_team_predicted_win_pct - won::int) ^ 2)::float8 as brier,
        count(*) filter (where (home_team_predicted_win_pct > 0.5) = won)::int as hits
      from gold.ml_game_predictions p
      join bronze.internal_team_attributes t on t.team = p.home_team
      join result r on r.team = t.team_acronym and r.date = p.game_date
      where p.game_date between '2025-01-13' and '2025-02-11'`);
    expect(scores?.last30).toMatchObject({
      from: "2025-01-13",
      to: "2025-02-11",
      settled: rows[0].games,
      model: { games: rows[0].games, hits: rows[0].hits },
    });
    expect(scores?.last30.model.brier).toBeCloseTo(rows[0].brier, 9);
    expect(scores?.last7).toMatchObject({ from: "2025-02-05", to: "2025-02-11" });
    expect(scores?.season?.from).toBe(addDays(ANCHOR, -60));
    const inBins = scores?.season?.calibration.model.reduce((sum, { games }) => sum + games, 0);
    expect(inBins).toBe(scores?.season?.compared.model.games);
    expect(scores?.season?.compared.market.games).toBe(inBins);
  });

  it("finds the seeded gaps and nothing else, each with its rows", async () => {
    const { findings } = await reader.summary();
    const counts = Object.fromEntries(findings.map(({ finding, count }) => [finding, count]));
    const gaps = [...hole("predictions-gap").games, ...hole("predictions-today").games];
    expect(counts).toEqual({
      unpredicted: gaps.length,
      "without-game": 0,
      duplicate: 0,
      "out-of-range": 0,
      "not-summing": 0,
      "after-tip-off": 0,
      "unreadable-date": 0,
    });
    expect(findings[0]).toMatchObject({ fillable: 2 });
    const page = await ask({ finding: "unpredicted" });
    expect(page.rows.map(nameOf).sort()).toEqual([...gaps].sort());
    expect(page.rows.map(({ state }) => state)).toEqual(["fillable", "fillable", "lost", "lost"]);
    expect(page.rows[0]).toMatchObject({ homeWin: null, findings: ["unpredicted"], date: "2025-02-12" });
    const [first] = page.rows;
    expect(
      (await ask({ finding: "unpredicted", team: first?.home.acronym, date: first?.date ?? "" })).total,
    ).toBe(1);
  });
});

describe("coverage", () => {
  it("counts each date's predictions, and names them game by game", async () => {
    const { dates, predictionsProblem } = await coverage.season(null);
    expect(predictionsProblem).toBeNull();
    const gap = hole("predictions-gap");
    const summaryOf = (date: string) => dates.find((day) => day.date === date);
    const day = summaryOf(gap.date);
    expect(day?.predictions).toMatchObject({ predicted: (day?.expected ?? 0) - 2, lost: 2, fillable: 0 });
    expect(summaryOf("2025-02-12")?.predictions).toMatchObject({ fillable: 2 });
    const tomorrow = summaryOf("2025-02-13");
    expect(tomorrow?.predictions).toMatchObject({ predicted: 0, pending: tomorrow?.expected });
    for (const { expected, predictions } of dates) {
      if (!predictions) throw new Error("not measured");
      const { predicted, pending, fillable, lost } = predictions;
      expect(predicted + pending + fillable + lost).toBe(expected);
    }
    const { games } = await coverage.date(gap.date);
    for (const { key, prediction } of games) {
      expect(prediction?.state).toBe(gap.games.includes(key) ? "lost" : "predicted");
      if (prediction?.state === "predicted")
        expect((prediction.homeWin ?? 0) + (prediction.awayWin ?? 0)).toBeCloseTo(1, 6);
    }
  });
});
