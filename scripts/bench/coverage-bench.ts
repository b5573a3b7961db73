import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { z } from "zod";
import { dateCoverageSchema, seasonCoverageSchema } from "../../lib/contracts/coverage";
import { createWarehouseSchema } from "../../sandbox/warehouse/create-schema";
import { BOX_SCORES_INDEX, fillSeasons } from "../../sandbox/warehouse/fill-seasons";
import { percentile } from "./percentile";
import { serveWeb } from "./serve-web";

const HELP = `Measures how long the API takes for a season's coverage in a warehouse of ten seasons, beside hand-written SQL.
Needs the production build (npm run build).

  node scripts/with-services.mjs npx tsx scripts/bench/coverage-bench.ts

Environment: BACKCOURT_TEST_POSTGRES_URL, a superuser's URL of a server on which it makes and drops its own
databases; or BENCH_WAREHOUSE_URL, an existing warehouse to measure as it is.`;

const SEASONS = 10;
const CALLS = 60;
const BROWSERS = 10;
const SWEEP_MS = 5_000;
const DROP_INDEXES = `
drop index bronze.boxscores_date_team, silver.fact_boxscores_team_game_date, silver.fact_pbp_data_game_date;
alter table bronze.bbref_league_schedule drop constraint bbref_league_schedule_unique;
alter table bronze.bbref_player_boxscores drop constraint bbref_player_boxscores_unique;
alter table bronze.bbref_player_pbp drop constraint bbref_player_pbp_unique;`;

/** Daily runs write one date after the other; the generator makes all dates at once. */
const LAY_BY_DATE = [
  "set maintenance_work_mem = '512MB'",
  "create index lay_by_date on bronze.bbref_player_boxscores (date)",
  "cluster bronze.bbref_player_boxscores using lay_by_date",
  "drop index bronze.lay_by_date",
  "create index lay_by_date on silver.fact_boxscores (game_date)",
  "cluster silver.fact_boxscores using lay_by_date",
  "drop index silver.lay_by_date",
  "cluster silver.fact_pbp_data using fact_pbp_data_game_date",
  "vacuum analyze",
];
const BY_HAND = [
  "select date, count(distinct team) from bronze.bbref_player_boxscores where date between $1 and $2 group by date",
  "select date, count(distinct (hometeam, awayteam)) from bronze.bbref_player_pbp where date between $1 and $2 group by date",
];

type Figures = { p50: number; p95: number };
type Row = { warehouse: string; question: string } & Figures;

async function main(): Promise<void> {
  if (process.argv.includes("--help")) return console.log(HELP);
  const existing = process.env.BENCH_WAREHOUSE_URL;
  const server = process.env.BACKCOURT_TEST_POSTGRES_URL;
  const rows: Row[] = [];
  if (existing) rows.push(...(await measureWarehouse("as it is", existing)));
  else if (server) rows.push(...(await measureGenerated(server)));
  else throw new Error(HELP);
  print(rows);
}

async function measureGenerated(server: string): Promise<Row[]> {
  const rows: Row[] = [];
  await withWarehouse(server, 1, async (url, admin) => {
    rows.push(...(await measureWarehouse("production's constraints", url)));
    await prepare(admin, BOX_SCORES_INDEX);
    rows.push(...(await measureWarehouse("and box scores (date, team)", url)));
    await prepare(admin, DROP_INDEXES);
    rows.push(...(await measureWarehouse("no index at all", url)));
  });
  await withWarehouse(server, 4, async (url, admin) => {
    rows.push(...(await measureWarehouse("production's, plays x 4", url)));
    await prepare(admin, BOX_SCORES_INDEX);
    rows.push(...(await measureWarehouse("and box scores (date, team), plays x 4", url)));
  });
  return rows;
}

async function prepare(admin: Client, change: string): Promise<void> {
  await admin.query(change);
  await admin.query("vacuum analyze");
}

/** A generated warehouse for the time of `work`. */
async function withWarehouse(
  server: string,
  playsMultiplier: number,
  work: (url: string, admin: Client) => Promise<void>,
): Promise<void> {
  const name = `bench_${randomBytes(4).toString("hex")}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await onServer(server, `create database ${name}`);
  const admin = new Client({ connectionString: url.href });
  await admin.connect();
  try {
    const password = randomBytes(12).toString("hex");
    await createWarehouseSchema(admin, {
      pipelineRole: "bench_pipeline",
      pipelinePassword: password,
      readerRole: "bench_reader",
      readerPassword: password,
    });
    const filled = await fillSeasons({
      client: admin,
      now: new Date(),
      seasons: SEASONS,
      playsMultiplier,
      constraints: "production",
      boxScoresIndex: false,
    });
    for (const statement of LAY_BY_DATE) await admin.query(statement);
    console.error(`${filled.games} games, ${filled.boxScores} box scores, ${filled.plays} plays`);
    url.username = "bench_reader";
    url.password = password;
    await work(url.href, admin);
  } finally {
    await admin.end();
    await onServer(server, `drop database ${name} with (force)`);
  }
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function measureWarehouse(warehouse: string, url: string): Promise<Row[]> {
  const web = await serveWeb(url);
  const ask = async <Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> => {
    const response = await web.get(path);
    if (!response.ok) throw new Error(`${warehouse}: ${path} answered ${response.status}`);
    return schema.parse(await response.json());
  };
  const season = (id: string) => async () => {
    const response = await web.get(`/api/coverage${id}`);
    const text = await response.text();
    if (!text.includes('"stale":null')) throw new Error(`${warehouse}: ${text.slice(0, 300)}`);
  };
  const writer = new Client({ connectionString: url });
  await writer.connect();
  // Takes a transaction's number, as every commit does: what was measured before it no longer holds.
  const commit = async () => void (await writer.query("select txid_current()"));
  try {
    const { seasons } = await ask("/api/coverage", seasonCoverageSchema);
    const whole = seasons[1] ?? seasons[0];
    if (!whole) throw new Error("The warehouse has no season.");
    // The first request has begun the background sweep; it is not what is measured.
    await sleep(SWEEP_MS);
    const one = season(`?season=${whole.id}`);
    const date = `/api/coverage/${whole.lastDate}`;
    const rows = [
      { warehouse, question: "current season", ...(await measure(season(""), 1, commit)) },
      { warehouse, question: `whole season ${whole.label}`, ...(await measure(one, 1, commit)) },
      { warehouse, question: `whole season, ${BROWSERS} at once`, ...(await measure(one, BROWSERS, commit)) },
      { warehouse, question: "whole season, no commit since", ...(await measure(one, 1)) },
      {
        warehouse,
        question: "one date",
        ...(await measure(async () => void (await ask(date, dateCoverageSchema)), 1)),
      },
      {
        warehouse,
        question: "hand-written, whole season",
        ...(await measureByHand(url, whole.firstDate, whole.lastDate)),
      },
    ];
    for (const row of rows) console.error(lineOf(row));
    return rows;
  } finally {
    await writer.end();
    await web.stop();
  }
}

/** What an operator types: box scores and plays of bronze by date, one statement after the other, no timeout. */
async function measureByHand(url: string, from: string, to: string): Promise<Figures> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await measure(async () => {
      for (const statement of BY_HAND) await client.query(statement, [from, to]);
    }, 1);
  } finally {
    await client.end();
  }
}

/** p50 and p95 in milliseconds of `CALLS` calls by `clients` callers side by side, `before` each not counted. */
async function measure(
  call: () => Promise<void>,
  clients: number,
  before: () => Promise<void> = async () => {},
): Promise<Figures> {
  for (let warmUp = 0; warmUp < 5; warmUp++) await call();
  const took: number[] = [];
  const client = async () => {
    while (took.length < CALLS) {
      await before();
      const began = performance.now();
      await call();
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { p50: percentile(took, 50), p95: percentile(took, 95) };
}

function print(rows: readonly Row[]): void {
  console.log(`${CALLS} calls each, Node ${process.versions.node}, ${availableParallelism()} cores\n`);
  console.log("| warehouse | question | p50 ms | p95 ms |");
  console.log("| --- | --- | ---: | ---: |");
  for (const row of rows) console.log(lineOf(row));
}

function lineOf({ warehouse, question, p50, p95 }: Row): string {
  return `| ${warehouse} | ${question} | ${p50.toFixed(0)} | ${p95.toFixed(0)} |`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
