import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jobSettingsOf } from "@/jobs/job-settings";
import { createDb, type Db } from "@/lib/db";
import { listNodeResults } from "@/lib/dbt-results/list-node-results";
import { baseChildEnv, parseWorkerEnv } from "@/lib/env";
import { startLocalProcess } from "@/lib/executors/local-process";
import { easternDate } from "@/lib/game-date";
import { createRedactor } from "@/lib/logs/redact";
import { createRunningRun } from "@/lib/testing/running-run";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";
import { createWarehousePool, type WarehousePool } from "@/lib/warehouse/warehouse-pool";
import { copyDbtProject, type DbtCheckout, dbtVariables } from "@/sandbox/testing/run-dbt";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "@/sandbox/testing/throwaway-warehouse";
import { seedWarehouse } from "@/sandbox/warehouse/seed";
import { createDbtHandler } from "./dbt-handler";

const BUILD_MS = 240_000;
let warehouse: ThrowawayWarehouse;
let database: ThrowawayDatabase;
let checkout: DbtCheckout;
let db: Db;
let pool: WarehousePool;
let handler: ReturnType<typeof createDbtHandler>;
let folder: string;

beforeAll(async () => {
  [warehouse, database] = await Promise.all([createThrowawayWarehouse(), createConsoleDatabase()]);
  const now = new Date();
  await seedWarehouse({ client: warehouse.admin, now, anchorDate: easternDate(now) });
  db = createDb(database.url, "recollect-test");
  pool = createWarehousePool(warehouse.readerUrl);
  checkout = copyDbtProject();
  const variables = Object.entries(dbtVariables(warehouse.pipelineUrl));
  const env = parseWorkerEnv({
    DATABASE_URL: database.url,
    WAREHOUSE_URL: warehouse.readerUrl,
    REDIS_URL: "redis://127.0.0.1:1",
    DBT_COMMAND: JSON.stringify([requireTestService("BACKCOURT_TEST_DBT")]),
    DBT_CWD: checkout.folder,
    ...Object.fromEntries(variables.map(([name, value]) => [`DBT_ENV_${name}`, value])),
  });
  handler = createDbtHandler(env, jobSettingsOf(env), {
    warehouse: pool,
    db,
    baseEnv: baseChildEnv(),
    redact: createRedactor([]),
    now: () => new Date(),
    sleep: (ms) => sleep(ms),
  });
}, BUILD_MS);

afterAll(async () => {
  await pool?.end();
  await db?.$disconnect();
  checkout?.remove();
  await warehouse?.drop();
  await database?.drop();
});

describe("recollectDbt", () => {
  it("finds a build's results again, as its own worker would have collected them", {
    timeout: BUILD_MS,
  }, async () => {
    const { runId } = await createRunningRun(db, { kind: "dbt" });
    const params = { select: ["dim_teams", "team_colors"], fullRefresh: false };
    const plan = handler.plan(params);
    if (!plan) throw new Error("not configured");
    folder = join(checkout.folder, "run-folder");
    mkdirSync(folder);
    const program = await handler.start({
      runId,
      params,
      argv: plan.argv,
      cwd: plan.cwd,
      handle: null,
      folder,
      signal: new AbortController().signal,
      launch: async (given) =>
        startLocalProcess({ ...given, runId, output: () => undefined, stopStepMs: 1_000, sleep }),
      output: () => undefined,
      say: () => undefined,
      reportProgress: () => undefined,
      storeHandle: async () => undefined,
    });
    const end = await program.ended;
    const collected = await program.collect();
    expect(collected.wanted.length).toBeGreaterThan(0);
    await db.dbtNodeResult.deleteMany();
    const lost = { runId, params, folder, say: () => undefined, end, cutOffAt: null };
    expect(await handler.recollect?.(lost)).toEqual(collected);
    const results = await listNodeResults(db, runId);
    expect(results.map(({ name }) => name)).toEqual(expect.arrayContaining(["dim_teams", "team_colors"]));
  });

  it("leaves no node running of a build whose files are gone", async () => {
    const { runId } = await createRunningRun(db, { kind: "dbt" });
    await db.dbtNodeResult.create({
      data: {
        runId,
        uniqueId: "model.x.y",
        position: 0,
        name: "y",
        type: "model",
        status: "running",
        fullRefresh: false,
      },
    });
    const params = { select: ["y"], fullRefresh: false };
    const end = { kind: "lost", reason: "" } as const;
    const nowhere = join(folder, "nowhere");
    const lost = { runId, params, folder: nowhere, say: () => undefined, end, cutOffAt: null };
    expect(await handler.recollect?.(lost)).toBeUndefined();
    expect(existsSync(nowhere)).toBe(false);
    expect(await listNodeResults(db, runId)).toMatchObject([{ name: "y", status: "cancelled" }]);
  });
});
