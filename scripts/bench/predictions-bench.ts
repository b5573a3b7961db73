import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { Client } from "pg";
import type { z } from "zod";
import { seasonCoverageSchema } from "../../lib/contracts/coverage";
import {
  predictionsPageSchema,
  predictionsRequestSchema,
  predictionsSummarySchema,
} from "../../lib/contracts/predictions";
import { createCoverageReader } from "../../lib/warehouse/coverage-reader";
import { createPredictionsReader } from "../../lib/warehouse/predictions-reader";
import { createWarehousePool } from "../../lib/warehouse/warehouse-pool";
import { createWarehouseSchema } from "../../sandbox/warehouse/create-schema";
import { fillSeasons } from "../../sandbox/warehouse/fill-seasons";
import { percentile } from "./percentile";
import { serveWeb } from "./serve-web";

const HELP = `Measures how long a page of 200,000 predictions takes, in a warehouse of ten seasons.
Needs the production build (npm run build), but for --library, which asks the reader in this process.

  node scripts/with-services.mjs npx tsx scripts/bench/predictions-bench.ts [--library]

Environment: BACKCOURT_TEST_POSTGRES_URL, a superuser's URL of a server on which it makes and drops its own
database.`;

const ROWS = 200_000;
const CALLS = 60;
const GAMES_A_DAY = 15;

/** Every scheduled game has a prediction; earlier dates, of which no season is known, make up the rest. */
const FILL = [
  "alter table gold.ml_game_predictions drop constraint ml_game_predictions_unique",
  `insert into gold.ml_game_predictions (home_team, away_team, game_date, home_moneyline, away_moneyline,
     home_team_predicted_win_pct, away_team_predicted_win_pct, created_at, modified_at,
     home_team_rank, away_team_rank, home_team_win_pct, away_team_win_pct)
   select home_team, away_team, day, -110 - (n % 200), 100 + (n % 150), 0.3 + (n % 400) / 1000.0,
     0.7 - (n % 400) / 1000.0, day + interval '12 hours 6 minutes', day + interval '12 hours 6 minutes',
     1 + n % 15, 1 + n % 14, 0.5, 0.5
   from (
     select home_team, away_team, day, row_number() over (order by day, home_team) as n from (
       select home_team, away_team, proper_date as day from bronze.bbref_league_schedule
       where proper_date <= (now() at time zone 'utc')::date
       union all
       (select team[1 + (d * 2 + g) % 30], team[1 + (d * 2 + g + 15) % 30], first - d
        from (select array_agg(team order by team) as team from bronze.internal_team_attributes) t,
          (select min(proper_date) as first, count(*) as known from bronze.bbref_league_schedule) s,
          generate_series(1, ${Math.ceil(ROWS / GAMES_A_DAY)}) d, generate_series(0, ${GAMES_A_DAY - 1}) g
        order by d limit ${ROWS} - (select count(*) from bronze.bbref_league_schedule
          where proper_date <= (now() at time zone 'utc')::date))) as game) as numbered
   order by day, home_team`,
  "alter table gold.ml_game_predictions add constraint ml_game_predictions_unique unique (home_team, game_date)",
  "create index lay_by_date on bronze.bbref_player_boxscores (date)",
  "cluster bronze.bbref_player_boxscores using lay_by_date",
  "drop index bronze.lay_by_date",
  "vacuum analyze",
];
const AS_TEXT = [
  "alter table gold.ml_game_predictions drop constraint ml_game_predictions_unique, alter game_date type text",
  "vacuum analyze gold.ml_game_predictions",
];

const QUESTIONS = [
  ["first page", ""],
  ["a team", "?team=LAL"],
  ["a part of a team's name", "?team=lakers"],
  ["a month", "?from=2025-01-01&to=2025-01-31"],
  ["sorted by edge", "?sort=edge"],
  ["page 100", "?page=100"],
] as const;

type Ask = <Schema extends z.ZodType>(path: string, schema: Schema) => Promise<z.infer<Schema>>;
type Asked = { ask: Ask; stop(): Promise<void> };

async function main(): Promise<void> {
  if (process.argv.includes("--help")) return console.log(HELP);
  const server = process.env.BACKCOURT_TEST_POSTGRES_URL;
  if (!server) throw new Error(HELP);
  const open = process.argv.includes("--library") ? openLibrary : openWeb;
  console.log(`${CALLS} calls each, Node ${process.versions.node}, ${availableParallelism()} cores\n`);
  console.log("| predictions | question | p50 ms | p95 ms |\n| --- | --- | ---: | ---: |");
  await withWarehouse(server, async (url, admin) => {
    await measureWarehouse("dates, production's constraint", await open(url));
    for (const statement of AS_TEXT) await admin.query(statement);
    await measureWarehouse("dates as text, no index", await open(url));
  });
}

async function withWarehouse(
  server: string,
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
    const [pipelineRole, readerRole] = ["bench_pipeline", "bench_reader"];
    await createWarehouseSchema(admin, {
      pipelineRole,
      pipelinePassword: password,
      readerRole,
      readerPassword: password,
    });
    const shape = { constraints: "production", boxScoresIndex: false } as const;
    // Plays are not asked for here: one a game is enough.
    await fillSeasons({ client: admin, now: new Date(), seasons: 10, playsMultiplier: 0, ...shape });
    for (const statement of FILL) await admin.query(statement);
    url.username = readerRole;
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

/** The production build, asked as a browser does. */
async function openWeb(url: string): Promise<Asked> {
  const web = await serveWeb(url);
  return {
    async ask(path, schema) {
      const response = await web.get(path);
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      return schema.parse(await response.json());
    },
    stop: web.stop,
  };
}

/** The readers in this process: what the API takes without HTTP. */
async function openLibrary(url: string): Promise<Asked> {
  const pool = createWarehousePool(url);
  const now = () => new Date();
  const coverage = createCoverageReader({ pool, now, listWaivers: async () => [] });
  const currentSeason = () => coverage.predictions(null);
  const predictions = createPredictionsReader({ pool, now, currentSeason });
  const answer = (path: string): Promise<unknown> => {
    const { pathname, searchParams } = new URL(path, "http://library");
    if (pathname === "/api/coverage") return coverage.season(null);
    if (pathname.endsWith("/summary")) return predictions.summary();
    return predictions.page(predictionsRequestSchema.parse(Object.fromEntries(searchParams)));
  };
  return {
    ask: async (path, schema) => schema.parse(await answer(path)),
    async stop() {
      await coverage.idle();
      await pool.end();
    },
  };
}

async function measureWarehouse(predictions: string, { ask, stop }: Asked): Promise<void> {
  try {
    for (const [question, search] of QUESTIONS) {
      await measure(predictions, question, async () => {
        const { rows, total, stale } = await ask(`/api/predictions${search}`, predictionsPageSchema);
        if (rows.length === 0 || stale || (search === "" && total !== ROWS))
          throw new Error(`${question}: ${rows.length} of ${total} rows`);
      });
    }
    await measure(predictions, "summary", async () => {
      await ask("/api/predictions/summary", predictionsSummarySchema);
    });
    await measure(predictions, "coverage of the current season", async () => {
      await ask("/api/coverage", seasonCoverageSchema);
    });
  } finally {
    await stop();
  }
}

/** p50 and p95 in milliseconds of `CALLS` calls, one after the other. */
async function measure(predictions: string, question: string, call: () => Promise<void>): Promise<void> {
  for (let warmUp = 0; warmUp < 5; warmUp++) await call();
  const took: number[] = [];
  while (took.length < CALLS) {
    const began = performance.now();
    await call();
    took.push(performance.now() - began);
  }
  const [p50, p95] = [percentile(took, 50), percentile(took, 95)].map((ms) => ms.toFixed(0));
  console.log(`| ${predictions} | ${question} | ${p50} | ${p95} |`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
