import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { jobSettingsOf } from "@/jobs/job-settings";
import { gatherMlFacts } from "@/jobs/orders/gather-ml-facts";
import { prepareMlOrder } from "@/jobs/orders/ml-order";
import type { MlReceipt } from "@/lib/contracts/run-kinds/ml";
import { createDb, type Db } from "@/lib/db";
import { baseChildEnv, parseWorkerEnv, type WorkerEnv } from "@/lib/env";
import type { OutputSink } from "@/lib/executors/executor-types";
import { startLocalProcess } from "@/lib/executors/local-process";
import { addDays, type GameDate } from "@/lib/game-date";
import { createRedactor } from "@/lib/logs/redact";
import { LineSplitter } from "@/lib/logs/split-lines";
import { utcDate } from "@/lib/predictions/prediction-state";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";
import { createWarehousePool, type WarehousePool } from "@/lib/warehouse/warehouse-pool";
import { gamesOn, type ScheduledGame } from "@/sandbox/season/season";
import { ML_FOLDER, mlVariables } from "@/sandbox/testing/run-ml";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { scheduleRow } from "@/sandbox/warehouse/bronze-rows";
import { insertRows } from "@/sandbox/warehouse/insert-rows";
import { featureRow } from "@/sandbox/warehouse/prediction-rows";
import { seedLookups } from "@/sandbox/warehouse/seed-snapshots";
import { createMlHandler } from "./ml-handler";
import type { Explanation } from "./run-handler";

const TODAY = utcDate(new Date());
const GAMES = todaysGames();

let warehouse: ThrowawayWarehouse;
let consoleDatabase: ThrowawayDatabase;
let db: Db;
let pool: WarehousePool;
let env: WorkerEnv;
let handler: ReturnType<typeof createMlHandler>;
let now: () => Date;

beforeAll(async () => {
  [warehouse, consoleDatabase] = await Promise.all([createThrowawayWarehouse(), createConsoleDatabase()]);
  db = createDb(consoleDatabase.url, "test");
  pool = createWarehousePool(warehouse.readerUrl);
  const ml = Object.entries(mlVariables(warehouse.pipelineUrl)).map(([name, value]) => [
    `ML_ENV_${name}`,
    value,
  ]);
  env = parseWorkerEnv({
    DATABASE_URL: consoleDatabase.url,
    WAREHOUSE_URL: warehouse.readerUrl,
    REDIS_URL: "redis://127.0.0.1:1",
    ML_COMMAND: JSON.stringify([requireTestService("BACKCOURT_TEST_PYTHON"), "-m", "src.app"]),
    ML_CWD: ML_FOLDER,
    ...Object.fromEntries(ml),
  });
}, 30_000);

beforeEach(async () => {
  await sql(`truncate gold.feature_flags, bronze.internal_team_attributes, gold.ml_game_predictions,
    silver.ml_game_features, bronze.bbref_league_schedule`);
  await seedLookups(warehouse.admin, "2024-10-01");
  const stamp = `${TODAY} 00:00:00`;
  await insertRows(
    warehouse.admin,
    "bronze.bbref_league_schedule",
    GAMES.map((game) => scheduleRow(game, { created_at: stamp, modified_at: stamp })),
  );
  await insertRows(warehouse.admin, "silver.ml_game_features", GAMES.map(featureRow));
  now = () => new Date();
  handler = createMlHandler(env, jobSettingsOf(env), {
    warehouse: pool,
    db,
    baseEnv: { ...baseChildEnv(), PYTHONDONTWRITEBYTECODE: "1" },
    redact: createRedactor([]),
    now: () => now(),
    sleep: (ms) => sleep(ms),
  });
});

afterAll(async () => {
  await pool?.end();
  await db?.$disconnect();
  await warehouse?.drop();
  await consoleDatabase?.drop();
});

const sql = (text: string) => warehouse.admin.query(text);

/** Some date's games, as if they were today's. */
function todaysGames(): ScheduledGame[] {
  for (let day = 0; day < 20; day++) {
    const games = gamesOn(addDays(TODAY, -day), TODAY);
    if (games.length >= 3) return games.map((game) => ({ ...game, date: TODAY, startTime: "7:30p" }));
  }
  throw new Error("no date of the last 20 has three games");
}

/** Measures, runs the real program, measures again and judges, as a worker does. */
async function run(gameDate: GameDate = TODAY) {
  const params = { gameDate };
  const plan = handler.plan(params);
  if (!plan) throw new Error("not configured");
  const before = await handler.measure(params);
  const lines = { stdout: new LineSplitter(10_000), stderr: new LineSplitter(10_000) };
  let explained: Explanation | null = null;
  let seq = 0;
  const runId = randomUUID();
  const output: OutputSink = (channel, bytes) => {
    for (const { text } of lines[channel].push(bytes))
      explained = handler.explain(explained, { seq: ++seq, text });
  };
  const program = await handler.start({
    runId,
    params,
    argv: plan.argv,
    cwd: plan.cwd,
    handle: null,
    folder: "",
    signal: new AbortController().signal,
    launch: async (given) => startLocalProcess({ ...given, runId, output, stopStepMs: 1_000, sleep }),
    output,
    say: () => {},
    reportProgress: () => {},
    storeHandle: async () => {},
  });
  const end = await program.ended;
  const details = await program.collect();
  const after = await handler.measure(params);
  const { explanation } = { explanation: explained as Explanation | null };
  const explainedBy = explanation && { seq: explanation.seq, text: explanation.text };
  const verdict = handler.judge({ params, before, after, end, details, stopped: null, explainedBy });
  return { ...verdict, receipt: verdict.receipt as MlReceipt };
}

async function preview() {
  const facts = await gatherMlFacts(
    { kind: "ml", params: [{ gameDate: TODAY }], overrideDailyRun: false },
    {
      now: new Date(`${TODAY}T20:00:00Z`),
      dailyRun: null,
      measure: (gameDate) => handler.measure({ gameDate }),
      findAbsentWorkers: async () => null,
    },
  );
  const order = { kind: "ml" as const, params: [{ gameDate: TODAY }], overrideDailyRun: false };
  const details = prepareMlOrder(order, jobSettingsOf(env), facts).runs[0]?.details;
  if (details?.kind !== "ml") throw new Error("no ML preview");
  return details;
}

describe("a gap of today", () => {
  it("is foreseen, filled, and told game by game", async () => {
    expect(await preview()).toMatchObject({
      willPredict: GAMES.length,
      newGames: GAMES.length,
      obstacles: [],
      seasonFlag: "on",
      features: { rows: GAMES.length, dates: [TODAY], isToday: true },
    });
    const { state, outcome, receipt, changedDates } = await run();
    expect({ state, outcome }).toEqual({
      state: "succeeded",
      outcome: `predictions 0 → ${GAMES.length} of ${GAMES.length}`,
    });
    expect(changedDates).toEqual([TODAY]);
    expect(receipt.games.map(({ game }) => game)).toEqual(
      GAMES.map(({ away, home }) => `${away.acronym} @ ${home.acronym}`).sort(),
    );
    expect(receipt.games.every(({ change, after }) => change === "new" && after !== null)).toBe(true);
    expect(await preview()).toMatchObject({ willPredict: GAMES.length, newGames: 0 });
    await sql("update silver.ml_game_features set home_team_win_pct = 1, away_team_win_pct = 0");
    expect(await run()).toMatchObject({
      state: "succeeded",
      outcome: `Nothing was missing; ${GAMES.length} probabilities changed`,
    });
  });

  it("is filled in part where the feature table lacks games", async () => {
    await sql(
      "delete from silver.ml_game_features where ctid = (select min(ctid) from silver.ml_game_features)",
    );
    const { obstacles, willPredict } = await preview();
    expect({ codes: obstacles.map(({ code }) => code), willPredict }).toEqual({
      codes: ["games-missing"],
      willPredict: GAMES.length - 1,
    });
    const { state, receipt } = await run();
    expect(state).toBe("partly");
    expect(receipt.stillMissing).toHaveLength(1);
    expect(receipt.reason?.code).toBe("games-missing");
  });

  it("is foreseen, too, where the table of predictions does not exist yet", async () => {
    await sql("alter table gold.ml_game_predictions rename to gone");
    expect((await preview()).newGames).toBe(GAMES.length);
    await sql("alter table gold.gone rename to ml_game_predictions");
    expect((await run()).state).toBe("succeeded");
  });
});

describe("what the program exits 0 over is no effect, with its reason, and was foreseen", () => {
  it.each([
    ["flag-off", "update gold.feature_flags set is_enabled = 0 where flag = 'season'", "flag"],
    ["flag-missing", "delete from gold.feature_flags where flag = 'season'", "flag"],
    ["features-empty", "truncate silver.ml_game_features", "dbt"],
    ["date-mismatch", "update silver.ml_game_features set game_date = game_date - 1", "dbt"],
  ])("%s", async (code, change, step) => {
    await sql(change);
    const { obstacles, willPredict } = await preview();
    expect(willPredict).toBe(0);
    expect(obstacles[0]).toMatchObject({ code, step: { do: step } });
    const { state, outcome, receipt } = await run();
    expect(state).toBe("no_effect");
    expect(outcome).toContain("Exit 0, but nothing was predicted");
    expect(receipt.explainedBy?.text).toMatch(/^\[(INFO|WARNING)\]/);
    // Before 06:00 UTC the same table is not late yet: a build would not help.
    const early = new Date().getUTCHours() < 6 && code !== "flag-off" && code !== "flag-missing";
    expect(receipt.reason?.code).toBe(early ? "too-early" : code);
  });

  it("duplicates are a failure", async () => {
    await sql("insert into silver.ml_game_features select * from silver.ml_game_features limit 1");
    expect((await preview()).obstacles[0]).toMatchObject({ code: "duplicates" });
    const { state, receipt } = await run();
    expect(state).toBe("failed");
    expect(receipt.reason?.code).toBe("duplicates");
    expect(receipt.after?.predicted).toBe(0);
  });
});

describe("its preconditions", () => {
  it("refuse another date than the one it would predict, and say so", async () => {
    expect(await handler.refusal?.({ gameDate: TODAY })).toBeNull();
    now = () => new Date(`${addDays(TODAY, 1)}T00:00:01Z`);
    expect(await handler.refusal?.({ gameDate: TODAY })).toContain("nothing predicts them now");
  });

  it("are told where the feature table may not be read", async () => {
    await sql("revoke select on silver.ml_game_features from sandbox_test_reader");
    try {
      const { features, obstacles } = await preview();
      expect(features.problem).toContain("GRANT SELECT ON silver.ml_game_features");
      expect(obstacles.map(({ code }) => code)).toEqual(["features-missing"]);
    } finally {
      await sql("grant select on silver.ml_game_features to sandbox_test_reader");
    }
  });

  it("do not hold where the predictions may not be read: nothing could be judged", async () => {
    await sql("revoke select on gold.ml_game_predictions from sandbox_test_reader");
    try {
      await expect(handler.measure({ gameDate: TODAY })).rejects.toMatchObject({
        code: "warehouse-unavailable",
      });
    } finally {
      await sql("grant select on gold.ml_game_predictions to sandbox_test_reader");
    }
  });
});
