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
  ["a game's plays come to silver", `insert into silver.fact_pbp_data select * from gone_from_silver`],
  ["a game's plays come to bronze", "insert into bronze.bbref_player_pbp select * from gone_from_bronze"],
  [
    "a day moved to the one before it",
    `update silver.fact_pbp_data set game_date = game_date - 1 where game_date = ${ONE_DAY}`,
  ],
];

/** Before the first look: what comes back later is new to the reader. */
async function takeAwayAGame(): Promise<void> {
  await warehouse.admin.query(`
    create table gone_from_silver as select * from silver.fact_pbp_data where ${ONE_GAME};
    delete from silver.fact_pbp_data where ${ONE_GAME};
    create table gone_from_bronze as select * from bronze.bbref_player_pbp where ${ONE_BRONZE_GAME};
    delete from bronze.bbref_player_pbp where ${ONE_BRONZE_GAME}`);
  await reader.season(null);
  await reader.idle();
}

describe("a season read again by places, after", () => {
  it.each(CHANGES)("%s", async (_name, sql) => {
    await warehouse.admin.query(`
      create table silver_kept as select * from silver.fact_pbp_data;
      create table bronze_kept as select * from bronze.bbref_player_pbp`);
    try {
      if (sql.includes("gone_from")) await takeAwayAGame();
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
        drop table if exists gone_from_silver, gone_from_bronze;
        commit`);
    }
  });
});

describe("a table that has become a view", () => {
  it.each(["silver.fact_pbp_data", "bronze.bbref_player_pbp"])("is read as views are: %s", async (table) => {
    const [schema, name] = table.split(".");
    await warehouse.admin.query(`
      alter table ${table} rename to as_it_was;
      create view ${table} as select * from ${schema}.as_it_was;
      grant select on ${table} to public`);
    try {
      expect(await reader.season(null)).toMatchObject({ stale: null });
      await reader.idle();
      const { dates } = await reader.season(null);
      expect(dates).toEqual((await seenAfresh()).dates);
    } finally {
      await reader.idle();
      await warehouse.admin.query(`drop view ${table}; alter table ${schema}.as_it_was rename to ${name}`);
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

  it("lead past a game that only silver has, which the season does not count in any case", async () => {
    await warehouse.admin.query(`
      create table silver_kept as select * from silver.fact_pbp_data;
      update silver.fact_pbp_data set home_team = 'XXA', away_team = 'XXB' where ${ONE_GAME}`);
    try {
      for (const minutes of [0, 5]) {
        now = new Date(NOW.getTime() + minutes * MINUTE_MS);
        expect((await reader.season(null)).dates).toEqual((await seenAfresh()).dates);
        await reader.idle();
      }
    } finally {
      await reader.idle();
      await warehouse.admin.query(`
        truncate silver.fact_pbp_data; insert into silver.fact_pbp_data select * from silver_kept;
        drop table silver_kept`);
    }
  });
});
