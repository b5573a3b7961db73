import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createThrowawayDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import { measureGoldTables } from "./measure-gold-tables";
import { createWarehousePool, type WarehousePool } from "./warehouse-pool";

let database: ThrowawayDatabase;
let admin: Client;
let pool: WarehousePool;

beforeAll(async () => {
  database = await createThrowawayDatabase("gold");
  admin = new Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(`
    create schema gold; create schema silver;
    create table gold.standings as
      select n, timestamptz '2026-11-22 12:04:00+00' + n * interval '1 second' as __created_at from generate_series(1, 30) n;
    create table gold.utc_stamped as select timestamp '2026-11-22 12:04:05.5' as __created_at;
    create table gold.text_stamped as select 'yesterday'::text as __created_at;
    create table gold.unstamped as select 1 as n;
    create table gold."Odd name" as select 1 as n;
    create table gold.empty (n int, __created_at timestamptz);
    create view gold.schedule_tonights_games as select 1 as n, now() as __created_at;
    create table silver.fact_boxscores as select 1 as n;
    analyze`);
  pool = createWarehousePool(database.url);
});
afterAll(async () => {
  await pool?.end();
  await admin?.end();
  await database?.drop();
});

describe("measureGoldTables", () => {
  it("counts base tables of gold and takes their newest stamp; views and other schemas are left out", async () => {
    expect(await measureGoldTables(pool, () => 0)).toEqual([
      { table: 'gold."Odd name"', rows: 1, isEstimate: false, builtAt: null },
      { table: "gold.empty", rows: 0, isEstimate: false, builtAt: null },
      { table: "gold.standings", rows: 30, isEstimate: false, builtAt: "2026-11-22T12:04:30.000Z" },
      { table: "gold.text_stamped", rows: 1, isEstimate: false, builtAt: null },
      { table: "gold.unstamped", rows: 1, isEstimate: false, builtAt: null },
      { table: "gold.utc_stamped", rows: 1, isEstimate: false, builtAt: "2026-11-22T12:04:05.500Z" },
    ]);
  });

  it("gives PostgreSQL's own estimate of what there is no time to count", async () => {
    let looks = 0;
    const tables = await measureGoldTables(pool, () => (looks++ === 0 ? 0 : 10_000));
    expect(tables.find(({ table }) => table === "gold.standings")).toEqual({
      table: "gold.standings",
      rows: 30,
      isEstimate: true,
      builtAt: null,
    });
    expect(tables.every(({ isEstimate }) => isEstimate)).toBe(true);
  });

  it("says so while a table is being written", async () => {
    await admin.query("begin; lock table gold.standings in access exclusive mode");
    try {
      await expect(measureGoldTables(pool, () => 0)).rejects.toMatchObject({ reason: "being-written" });
    } finally {
      await admin.query("rollback");
    }
  });

  it("leaves out what the console may not read", async () => {
    await admin.query(
      "create role gold_reader login password 'x'; grant usage on schema gold to gold_reader; grant select on gold.empty to gold_reader",
    );
    const url = new URL(database.url);
    url.username = "gold_reader";
    url.password = "x";
    const reader = createWarehousePool(url.href);
    try {
      expect((await measureGoldTables(reader, () => 0)).map(({ table }) => table)).toEqual(["gold.empty"]);
    } finally {
      await reader.end();
      await admin.query("drop owned by gold_reader; drop role gold_reader");
    }
  });
});
