import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { addDays, type GameDate } from "@/lib/game-date";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { seededHoles, seedWarehouse } from "@/sandbox/warehouse/seed";
import type { HoleKind } from "@/sandbox/warehouse/seeded-holes";
import { type CoverageReader, createCoverageReader } from "./coverage-reader";
import { getFeatureFlags } from "./get-feature-flags";
import type { ActiveWaiver } from "./judge-games";
import { createWarehousePool, type WarehousePool } from "./warehouse-pool";

const ANCHOR = "2025-02-12";
const NOW = new Date("2025-02-12T17:00:00Z");
const HOLES = seededHoles(NOW, ANCHOR);

let warehouse: ThrowawayWarehouse;
let pool: WarehousePool;
let reader: CoverageReader;
let statements: string[] = [];
let waivers: ActiveWaiver[] = [];

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now: NOW, anchorDate: ANCHOR });
  pool = createWarehousePool(warehouse.readerUrl, {
    onStatement: ({ tables }) => statements.push(tables.join()),
  });
  reader = createCoverageReader({ pool, now: () => NOW, listWaivers: async () => waivers });
});

afterAll(async () => {
  await reader?.idle();
  await pool?.end();
  await warehouse?.drop();
});

function hole(kind: HoleKind) {
  const found = HOLES.find((candidate) => candidate.kind === kind);
  if (!found) throw new Error(`no date is ${kind}`);
  return found;
}

async function summaryOf(date: GameDate) {
  const { dates } = await reader.season(null);
  const summary = dates.find((candidate) => candidate.date === date);
  if (!summary) throw new Error(`${date} is not in the season`);
  return summary;
}

describe("a season", () => {
  it("classifies every seeded hole, and calls all other due dates whole", async () => {
    const { dates, season, notices, stale, scheduleRefreshedAt, silverMeasured } = await reader.season(null);
    const expected = new Map<GameDate, string>(
      HOLES.filter(({ kind }) => kind === "off").map((off) => [off.date, "off"]),
    );
    for (const kind of ["late", "missing"] as const) expected.set(hole(kind).date, "missing");
    for (const kind of ["no-plays", "partial"] as const) expected.set(hole(kind).date, "partial");
    for (const kind of ["silver-absent", "silver-doubled"] as const) expected.set(hole(kind).date, "stale");
    expected.set(ANCHOR, "pending");
    const states = dates.filter(({ date }) => date <= ANCHOR).map(({ date, state }) => [date, state]);
    expect(states).toEqual(states.map(([date = ""]) => [date, expected.get(date) ?? "whole"]));
    expect(dates.filter(({ date }) => date > ANCHOR).every(({ state }) => state === "upcoming")).toBe(true);
    expect(season).toMatchObject({ id: "2024", label: "2024–25" });
    expect({ notices, stale, silverMeasured }).toEqual({
      notices: [],
      stale: null,
      silverMeasured: { boxscores: true, pbp: true },
    });
    expect(scheduleRefreshedAt).toBe("2025-02-12T12:00:00.000Z");
  });

  it("counts what each hole lacks, down to its games", async () => {
    const noPlays = await summaryOf(hole("no-plays").date);
    expect(noPlays).toMatchObject({ boxscores: noPlays.expected, pbp: 0 });
    expect(noPlays.advice).toMatchObject({ stage: "bronze", step: "backfill" });
    const partial = hole("partial");
    const lacking = (await summaryOf(partial.date)).lacking.map(({ game }) => game.replace(" @ ", "@"));
    expect(lacking.sort()).toEqual([...partial.games].sort());
    expect((await summaryOf(hole("silver-doubled").date)).advice.command).toMatch(/--full-refresh$/);
    expect((await summaryOf(hole("silver-absent").date)).advice.command).toMatch(/--full-refresh$/);
    expect(await summaryOf(hole("unscheduled").date)).toMatchObject({ state: "whole", unscheduled: 1 });
    expect(await summaryOf(hole("withdrawn").date)).toMatchObject({ state: "whole", withdrawn: 1 });
    const unplayed = (await reader.season("2024")).dates.reduce((sum, date) => sum + date.unplayed, 0);
    expect(unplayed).toBeGreaterThan(0);
  });

  it("refuses a season that the schedule does not have", async () => {
    await expect(reader.season("1999")).rejects.toMatchObject({ code: "not-found" });
  });

  it("costs one measurement however many ask at once", async () => {
    await reader.season(null);
    await reader.idle();
    statements = [];
    await reader.season(null);
    await reader.idle();
    const alone = statements.length;
    statements = [];
    const answers = await Promise.all(Array.from({ length: 10 }, () => reader.season(null)));
    await reader.idle();
    expect(statements).toHaveLength(alone);
    expect(new Set(answers.map(({ measuredAt }) => measuredAt)).size).toBe(1);
    statements = [];
    const early = reader.season(null);
    reader.invalidate();
    await Promise.all([early, reader.season(null)]);
    await reader.idle();
    expect(statements).toHaveLength(2 * alone);
  });
});

describe("a date", () => {
  it("shows each game through the stages, with its result", async () => {
    const { date, games: lost } = hole("partial");
    const { games, summary } = await reader.date(date);
    expect(games).toHaveLength(summary.expected);
    for (const game of games) {
      const isThere = !lost.includes(game.key);
      expect(game).toMatchObject({
        standing: "expected",
        boxscores: { present: isThere },
        pbp: { present: isThere },
        silverBoxscores: { state: isThere ? "whole" : "waits" },
        silverPbp: { state: isThere ? "whole" : "waits" },
      });
      expect(game.result === null).toBe(!isThere);
      if (isThere) expect(game.pbp.rows).toBeGreaterThan(50);
    }
    const doubled = (await reader.date(hole("silver-doubled").date)).games;
    expect(doubled.every((game) => game.silverBoxscores?.state === "doubled")).toBe(true);
    const absent = (await reader.date(hole("silver-absent").date)).games;
    expect(absent.every((game) => game.silverBoxscores?.state === "absent")).toBe(true);
  });

  it("agrees with the season on every due date", async () => {
    const { dates } = await reader.season(null);
    const due = dates.filter(({ date }) => date <= ANCHOR);
    for (const summary of due) expect((await reader.date(summary.date)).summary).toEqual(summary);
  });

  it("is rebuilt, where the usual build would do for it alone, for the sake of the doubled one", async () => {
    const date = addDays(hole("late").date, -1);
    const tables = ["silver.fact_boxscores", "silver.fact_pbp_data"];
    const { admin } = warehouse;
    for (const table of tables) {
      await admin.query(`create temp table kept as select * from ${table} where game_date = '${date}'`);
      await admin.query(`delete from ${table} where game_date = '${date}'`);
      await admin.query(`alter table kept rename to kept_${table.replace(".", "_")}`);
    }
    try {
      const { summary } = await reader.date(date);
      expect(summary).toEqual(await summaryOf(date));
      expect(summary).toMatchObject({
        state: "stale",
        advice: { dbt: { fullRefresh: true, forAnother: true } },
      });
    } finally {
      for (const table of tables)
        await admin.query(`insert into ${table} select * from kept_${table.replace(".", "_")}`);
    }
    expect((await reader.date(date)).summary.state).toBe("whole");
  });

  it("lists unscheduled and withdrawn games apart", async () => {
    const standings = async (kind: HoleKind) =>
      (await reader.date(hole(kind).date)).games
        .filter(({ standing }) => standing !== "expected")
        .map(({ key, standing }) => ({ key, standing }));
    expect(await standings("unscheduled")).toEqual([
      { key: hole("unscheduled").games[0], standing: "unscheduled" },
    ]);
    expect(await standings("withdrawn")).toEqual([
      { key: hole("withdrawn").games[0], standing: "withdrawn" },
    ]);
  });

  it("knows a date outside every season", async () => {
    expect(await reader.date("1990-01-01")).toMatchObject({ summary: { state: "off" }, games: [] });
  });

  it("takes a waiver into account at once", async () => {
    const { date, games } = hole("partial");
    const waivedAt = new Date("2025-02-12T16:00:00Z");
    waivers = games.map((game) => ({
      id: game,
      gameDate: date,
      game,
      reason: "hall on fire",
      waivedBy: "op",
      waivedAt,
    }));
    try {
      expect(await summaryOf(date)).toMatchObject({ state: "whole", waived: games.length, lacking: [] });
      const waived = (await reader.date(date)).games.find(({ key }) => key === games[0]);
      expect(waived).toMatchObject({ standing: "waived", waiver: { reason: "hall on fire" } });
    } finally {
      waivers = [];
    }
  });
});

describe("plays that neither the schedule nor box scores lead to", () => {
  const date = addDays(ANCHOR, -200);
  const add = `insert into bronze.bbref_player_pbp
    select 'UTA', 'SAS', $1::date, '1:00', '1st Quarter', 'a', 'b', 0, 0, 0, $1::date, now(), now()`;

  it("are seen at once on their date, and in the season after the next sweep", async () => {
    const inSeason = hole("off").date;
    await warehouse.admin.query(add, [date]);
    await warehouse.admin.query(add, [inSeason]);
    try {
      expect((await reader.date(date)).games.map(({ key }) => key)).toEqual(["SAS@UTA"]);
      const later = createCoverageReader({ pool, now: () => NOW, listWaivers: async () => [] });
      await later.season(null);
      await later.idle();
      const off = (await later.season(null)).dates.find((day) => day.date === inSeason);
      expect(off).toMatchObject({ state: "off", unscheduled: 1 });
    } finally {
      await warehouse.admin.query(
        "delete from bronze.bbref_player_pbp where timequarter = '1:00' and descriptionplayhome = 'b'",
      );
    }
  });
});

describe("the flags", () => {
  it("are read, and the table is named when it is missing", async () => {
    const flags = await getFeatureFlags(pool);
    expect(flags.get("boxscores")).toBe(true);
    expect(flags.get("no such flag")).toBeUndefined();
    await warehouse.admin.query("alter table gold.feature_flags rename to gone");
    try {
      const failure = await getFeatureFlags(pool).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(AppError);
      expect((failure as AppError).message).toContain("gold.feature_flags does not exist");
    } finally {
      await warehouse.admin.query("alter table gold.gone rename to feature_flags");
    }
  });
});
