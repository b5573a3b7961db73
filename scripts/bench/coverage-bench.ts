import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { Client } from "pg";
import { createCoverageReader } from "../../lib/warehouse/coverage-reader";
import { createWarehousePool } from "../../lib/warehouse/warehouse-pool";
import { createWarehouseSchema } from "../../sandbox/warehouse/create-schema";
import { fillSeasons } from "../../sandbox/warehouse/fill-seasons";

const HELP = `Measures how long a season's coverage takes in a warehouse of ten seasons, beside hand-written SQL.

  node scripts/with-services.mjs npx tsx scripts/bench/coverage-bench.ts

Environment: BACKCOURT_TEST_POSTGRES_URL, a superuser's URL of a server on which it makes and drops its own
databases; or BENCH_WAREHOUSE_URL, an existing warehouse to measure as it is.`;

const SEASONS = 10;
const CALLS = 60;
const BROWSERS = 10;
const OPTIONAL_INDEX = "create index boxscores_date_team on bronze.bbref_player_boxscores (date, team)";
const DROP_INDEXES = `
drop index bronze.boxscores_date_team, silver.fact_boxscores_team_game_date, silver.fact_pbp_data_game_date;
alter table bronze.bbref_league_schedule drop constraint bbref_league_schedule_unique;
alter table bronze.bbref_player_boxscores drop constraint bbref_player_boxscores_unique;
alter table bronze.bbref_player_pbp drop constraint bbref_player_pbp_unique;`;

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
    await prepare(admin, OPTIONAL_INDEX);
    rows.push(...(await measureWarehouse("and box scores (date, team)", url)));
    await prepare(admin, DROP_INDEXES);
    rows.push(...(await measureWarehouse("no index at all", url)));
  });
  await withWarehouse(server, 4, async (url, admin) => {
    rows.push(...(await measureWarehouse("production's, plays x 4", url)));
    await prepare(admin, OPTIONAL_INDEX);
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
  const pool = createWarehousePool(url);
  const reader = createCoverageReader({ pool, now: () => new Date(), listWaivers: async () => [] });
  const season = (id: string | null) => async () => {
    const answer = await reader.season(id);
    if (answer.stale) throw new Error(`${warehouse}: ${answer.stale.message}`);
  };
  try {
    const { seasons } = await reader.season(null);
    await reader.idle();
    const whole = seasons[1] ?? seasons[0];
    if (!whole) throw new Error("The warehouse has no season.");
    const lastDate = (await reader.season(whole.id)).dates.at(-1)?.date ?? whole.lastDate;
    const rows = [
      { warehouse, question: "current season", ...(await measure(season(null), 1)) },
      { warehouse, question: `whole season ${whole.label}`, ...(await measure(season(whole.id), 1)) },
      {
        warehouse,
        question: `whole season, ${BROWSERS} at once`,
        ...(await measure(season(whole.id), BROWSERS)),
      },
      {
        warehouse,
        question: "one date",
        ...(await measure(async () => void (await reader.date(lastDate)), 1)),
      },
    ];
    const byHand = await measureByHand(url, whole.firstDate, whole.lastDate);
    rows.push({ warehouse, question: "hand-written, whole season", ...byHand });
    for (const row of rows) console.error(lineOf(row));
    return rows;
  } finally {
    await reader.idle();
    await pool.end();
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

/** p50 and p95 in milliseconds of `CALLS` calls by `clients` callers side by side. */
async function measure(call: () => Promise<void>, clients: number): Promise<Figures> {
  for (let warmUp = 0; warmUp < 5; warmUp++) await call();
  const took: number[] = [];
  const client = async () => {
    while (took.length < CALLS) {
      const began = performance.now();
      await call();
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  took.sort((one, other) => one - other);
  const at = (share: number) =>
    took[Math.min(took.length - 1, Math.ceil(took.length * share) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
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
