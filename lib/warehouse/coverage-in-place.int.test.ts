import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SeasonCoverage } from "@/lib/contracts/coverage";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { seedWarehouse } from "@/sandbox/warehouse/seed";
import { type CoverageReader, createCoverageReader } from "./coverage-reader";
import { createWarehousePool, type WarehousePool } from "./warehouse-pool";

/** A season read again by the places of last time must be what a reader sees that has never looked. */

const ANCHOR = "2025-02-12";
const NOW = new Date("2025-02-12T17:00:00Z");
const MINUTE_MS = 60_000;

let warehouse: ThrowawayWarehouse;
let pool: WarehousePool;
let reader: CoverageReader;
let now: Date;
let statements: string[] = [];

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await seedWarehouse({ client: warehouse.admin, now: NOW, anchorDate: ANCHOR });
  // By the date of silver's plays, as dbt's hook makes it: without, every look reads all of them.
  await warehouse.admin.query("create index on silver.fact_pbp_data (game_date)");
  pool = createWarehousePool(warehouse.readerUrl, { onStatement: ({ text }) => statements.push(text) });
});
beforeEach(async () => {
  now = NOW;
  reader = createCoverageReader({ pool, now: () => now, listWaivers: async () => [] });
  await reader.season(null);
  await reader.idle();
  statements = [];
});
afterAll(async () => {
  await reader?.idle();
  await pool?.end();
  await warehouse?.drop();
});

async function seenAfresh(): Promise<SeasonCoverage> {
  const fresh = createCoverageReader({ pool, now: () => now, listWaivers: async () => [] });
  await fresh.season(null);
  // The sweep finds what nobody scheduled; both have it behind them.
  await fresh.idle();
  const season = await fresh.season(null);
  await fresh.idle();
  return season;
}

const ONE_DAY = "(select max(game_date) from silver.fact_pbp_data)";
const ONE_GAME = `(game_date, home_team, away_team) = (
  select game_date, home_team, away_team from silver.fact_pbp_data
  where game_date = ${ONE_DAY} order by home_team limit 1)`;
const ONE_BRONZE_GAME = `(date, hometeam, awayteam) = (
  select date, hometeam, awayteam from bronze.bbref_player_pbp order by date desc, hometeam limit 1)`;

const CHANGES: [name: string, sql: string][] = [
  ["nothing but a commit elsewhere", "select txid_current()"],
  ["a game's plays gone from silver", `delete from silver.fact_pbp_data where ${ONE_GAME}`],
  ["a day's plays gone from silver", `delete from silver.fact_pbp_data where game_date = ${ONE_DAY}`],
  [
    "a month gone from silver: more than is looked up",
    `delete from silver.fact_pbp_data where game_date > ${ONE_DAY} - 35 and game_date < ${ONE_DAY}`,
  ],
  ["all of silver's plays gone", "truncate silver.fact_pbp_data"],
  ["a game's plays gone from bronze", `delete from bronze.bbref_player_pbp where ${ONE_BRONZE_GAME}`],
  ["every row of silver written again", "update silver.fact_pbp_data set home_team = home_team"],
  ["every row of bronze written again", "update bronze.bbref_player_pbp set hometeam = hometeam"],
  [
    "a table made anew in another order, so that places belong to other games",
    `create temp table kept on commit drop as select * from silver.fact_pbp_data order by random();
     truncate silver.fact_pbp_data; insert into silver.fact_pbp_data select * from kept`,
  ],
  [
    "a day moved to the one before it",
    `update silver.fact_pbp_data set game_date = game_date - 1 where game_date = ${ONE_DAY}`,
  ],
];

describe("a season read again by places, after", () => {
  it.each(CHANGES)("%s", async (_name, sql) => {
    await warehouse.admin.query(`
      create table silver_kept as select * from silver.fact_pbp_data;
      create table bronze_kept as select * from bronze.bbref_player_pbp`);
    try {
      await warehouse.admin.query(`begin; ${sql}; commit`);
      const again = await reader.season(null);
      await reader.idle();
      expect(again).toEqual(await seenAfresh());
      // And once more, by what was found then.
      await warehouse.admin.query("select txid_current()");
      expect(await reader.season(null)).toEqual(again);
    } finally {
      await reader.idle();
      await warehouse.admin.query(`
        begin;
        truncate silver.fact_pbp_data; insert into silver.fact_pbp_data select * from silver_kept;
        delete from bronze.bbref_player_pbp; insert into bronze.bbref_player_pbp select * from bronze_kept;
        drop table silver_kept; drop table bronze_kept;
        commit`);
    }
  });
});

describe("places", () => {
  const isSample = (text: string) => text.includes("hashtid(ctid)");
  const isInPlace = (text: string) => text.includes("k.place::tid");

  it("spare the pass over silver for some minutes, and then it is made again", async () => {
    await warehouse.admin.query("select txid_current()");
    await reader.season(null);
    expect([statements.filter(isSample).length, statements.filter(isInPlace).length]).toEqual([0, 2]);
    now = new Date(NOW.getTime() + 5 * MINUTE_MS);
    await warehouse.admin.query("select txid_current()");
    await reader.season(null);
    expect(statements.filter(isSample)).toHaveLength(1);
  });

  it("are fetched by the row, not searched for", async () => {
    await warehouse.admin.query("select txid_current()");
    const asked: { text: string; values?: unknown[] }[] = [];
    const watched = {
      ...pool,
      query: (...[statement, row]: Parameters<WarehousePool["query"]>) => {
        asked.push(statement);
        return pool.query(statement, row);
      },
    } as WarehousePool;
    const other = createCoverageReader({ pool: watched, now: () => now, listWaivers: async () => [] });
    await other.season(null);
    await other.idle();
    await warehouse.admin.query("select txid_current()");
    await other.season(null);
    await other.idle();
    const inPlace = asked.filter(({ text }) => isInPlace(text));
    expect(inPlace).toHaveLength(2);
    for (const { text, values } of inPlace) {
      const { rows } = await warehouse.admin.query({ text: `explain ${text}`, values });
      expect(JSON.stringify(rows)).toContain("Tid Scan");
    }
  });

  it("lead past a game that only silver has until the next pass", async () => {
    await warehouse.admin.query(`
      create table silver_kept as select * from silver.fact_pbp_data;
      update silver.fact_pbp_data set home_team = 'XXA', away_team = 'XXB' where ${ONE_GAME}`);
    try {
      now = new Date(NOW.getTime() + 5 * MINUTE_MS);
      const season = await reader.season(null);
      await reader.idle();
      expect(season).toEqual(await seenAfresh());
    } finally {
      await warehouse.admin.query(`
        truncate silver.fact_pbp_data; insert into silver.fact_pbp_data select * from silver_kept;
        drop table silver_kept`);
    }
  });
});
