import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { type EnqueueOptions, enqueueRuns, previewRuns } from "../../jobs/enqueue";
import { jobSettingsOf } from "../../jobs/job-settings";
import { createOrderPreparations } from "../../jobs/orders/order-preparations";
import { createDoorbell } from "../../jobs/queue";
import { createRunExecutors } from "../../jobs/worker/run-executors";
import { startWorker } from "../../jobs/worker/run-worker";
import { DBT_PROJECT_KEY } from "../../lib/contracts/dbt";
import type { DbtParams, DbtReceipt } from "../../lib/contracts/run-kinds/dbt";
import {
  type CreateRunsRequest,
  type RunPreview,
  receiptSchema,
  type Waiting,
} from "../../lib/contracts/runs";
import { createDb, type Db } from "../../lib/db";
import { findForeignBuild } from "../../lib/dbt/find-foreign-builds";
import { createProjectLoader } from "../../lib/dbt/load-project";
import { parseWorkerEnv, type WorkerEnv } from "../../lib/env";
import { createAnnounce } from "../../lib/events/channel";
import { createEventHub } from "../../lib/events/event-hub";
import { createSupervisors } from "../../lib/executors/supervisors";
import type { Run } from "../../lib/generated/prisma/client";
import { createLogger } from "../../lib/logger";
import { readLogLines } from "../../lib/logs/read-log";
import { createRedactor, secretValues } from "../../lib/logs/redact";
import { saveObservation } from "../../lib/observations/save-observation";
import { getRun } from "../../lib/runs/get-run";
import { requestCancel } from "../../lib/runs/run-lifecycle";
import { isFinal } from "../../lib/runs/run-states";
import { testActor } from "../../lib/testing/test-actor";
import { createConsoleDatabase, requireTestService } from "../../lib/testing/throwaway-database";
import { listWaivers } from "../../lib/waivers/list-waivers";
import { createCoverageReader } from "../../lib/warehouse/coverage-reader";
import { createWarehousePool } from "../../lib/warehouse/warehouse-pool";
import { copyDbtProject, type DbtCheckout, dbtVariables } from "./run-dbt";
import { prepareSupervision, type TestSupervision } from "./supervisor-bundle";
import type { ThrowawayWarehouse } from "./throwaway-warehouse";

/** Runs give up waiting for an end after this. */
const END_MS = 200_000;

/** A console beside a warehouse: orders as the web takes them, a worker that runs the real dbt. */
export interface DbtConsole {
  db: Db;
  checkout: DbtCheckout;
  /** Where its worker keeps what belongs to runs. */
  stateFolder: string;
  preview(order: CreateRunsRequest): Promise<RunPreview>;
  /** Orders a build; the run's id. */
  order(params: Partial<DbtParams>, rest?: Partial<CreateRunsRequest>): Promise<string>;
  cancel(id: string): Promise<void>;
  run(id: string): Promise<Run>;
  /** The run once it has ended, with its log for a message. */
  ended(id: string): Promise<Run & { text: string }>;
  /** What an ended run says that it changed. */
  receipt(id: string): Promise<DbtReceipt>;
  /** Waits until `holds` of the run. */
  until(id: string, holds: (run: Run) => boolean | Promise<boolean>): Promise<Run>;
  log(id: string): Promise<string[]>;
  /** What a queued run waits for, as its page says. */
  waiting(id: string): Promise<Waiting | null>;
  /** Web and worker as they are with these variables changed, and no others; the worker is another one. */
  configure(changed: Record<string, string | undefined>): Promise<void>;
  close(): Promise<void>;
}

/** Starts a console of its own on `warehouse`, whose project has been looked at, with one worker. */
export async function openDbtConsole(warehouse: ThrowawayWarehouse): Promise<DbtConsole> {
  const database = await createConsoleDatabase();
  const db = createDb(database.url, "dbt-console");
  const redisUrl = requireTestService("BACKCOURT_TEST_REDIS_URL");
  const producer = new Redis(redisUrl);
  const checkout = copyDbtProject();
  const supervision = await prepareSupervision();
  const variables: Record<string, string> = {
    DATABASE_URL: database.url,
    WAREHOUSE_URL: warehouse.readerUrl,
    REDIS_URL: redisUrl,
    DAILY_RUN_WINDOW: "off",
    DBT_COMMAND: JSON.stringify([requireTestService("BACKCOURT_TEST_DBT")]),
    DBT_CWD: checkout.folder,
    ...Object.fromEntries(
      Object.entries(dbtVariables(warehouse.pipelineUrl)).map(([name, value]) => [`DBT_ENV_${name}`, value]),
    ),
  };
  const pool = createWarehousePool(warehouse.readerUrl);
  const now = () => new Date();
  const coverage = createCoverageReader({ pool, now, listWaivers: () => listWaivers(db) });
  const look = () => findForeignBuild(pool);
  const optionsFor = (env: WorkerEnv): EnqueueOptions => ({
    db,
    now,
    ring: createDoorbell(producer).ring,
    announce: createAnnounce(producer),
    doorbellUp: () => true,
    rules: { dailyRun: null, secondsPerRequest: 0 },
    findForeignBuild: look,
    preparations: createOrderPreparations(jobSettingsOf(env), {
      now,
      dailyRun: null,
      firstSeasonStart: env.FIRST_SEASON_START,
      coverage,
      db,
      warehouse: pool,
      findForeignBuild: look,
    }),
  });
  const env = parseWorkerEnv(variables);
  await publishProject(db, env);
  let options = optionsFor(env);
  let worker = startOneWorker(db, producer, env, pool, supervision);

  const run = (id: string) => db.run.findUniqueOrThrow({ where: { id } });
  const log = async (id: string) => (await readLogLines(db, id, 0, 10_000)).map(({ text }) => text);
  const until: DbtConsole["until"] = async (id, holds) => {
    const giveUpAt = Date.now() + END_MS;
    for (;;) {
      const found = await run(id);
      if (await holds(found)) return found;
      if (isFinal(found.state) || Date.now() > giveUpAt)
        throw new Error(`run is ${found.state}: ${found.outcome}\n${(await log(id)).join("\n")}`);
      await sleep(50);
    }
  };
  return {
    db,
    checkout,
    stateFolder: supervision.stateFolder,
    run,
    log,
    until,
    preview: (order) => previewRuns(options, order, testActor()),
    async order(params, rest = {}) {
      const order = {
        kind: "dbt",
        params: [{ select: [], fullRefresh: false, ...params }],
        overrideDailyRun: false,
        ...rest,
      } as CreateRunsRequest;
      const { runs } = await enqueueRuns(options, {
        order,
        actor: testActor("operator"),
        idempotencyKey: null,
      });
      return String(runs[0]?.id);
    },
    async cancel(id) {
      await requestCancel(db, id, "operator");
      await options.announce({ type: "cancel", runId: id });
    },
    async ended(id) {
      const ended = await until(id, ({ state }) => isFinal(state));
      return { ...ended, text: (await log(id)).join("\n") };
    },
    async receipt(id) {
      const receipt = receiptSchema.parse((await run(id)).receipt);
      if (receipt.kind !== "dbt") throw new Error(`a receipt of ${receipt.kind}`);
      return receipt;
    },
    async waiting(id) {
      return (await getRun(options, id)).waiting;
    },
    async configure(changed) {
      await worker.stop();
      const env = parseWorkerEnv({ ...variables, ...changed });
      options = optionsFor(env);
      worker = startOneWorker(db, producer, env, pool, supervision);
    },
    async close() {
      await worker.stop();
      await pool.end();
      producer.disconnect();
      await db.$disconnect();
      await database.drop();
      checkout.remove();
      supervision.remove();
    },
  };
}

/** What a worker publishes at its start. */
async function publishProject(db: Db, env: WorkerEnv): Promise<void> {
  const checkout = copyDbtProject();
  try {
    const loader = createProjectLoader({
      command: env.DBT_COMMAND,
      cwd: checkout.folder,
      target: env.DBT_TARGET,
      profilesDir: null,
      env: { PATH: process.env.PATH ?? "", ...env.dbtEnv },
      scratch: `${checkout.folder}/scratch`,
      now: () => new Date(),
      sleep: (ms) => sleep(ms),
    });
    await saveObservation(db, {
      key: DBT_PROJECT_KEY,
      worker: "w1",
      seen: { value: await loader.load() },
    });
  } finally {
    checkout.remove();
  }
}

function startOneWorker(
  db: Db,
  producer: Redis,
  env: WorkerEnv,
  warehouse: ReturnType<typeof createWarehousePool>,
  supervision: TestSupervision,
) {
  const queueRedis = new Redis(env.REDIS_URL, { maxRetriesPerRequest: null });
  const subscriber = new Redis(env.REDIS_URL);
  const redact = createRedactor(secretValues(env.dbtEnv));
  const surroundings = {
    warehouse,
    db,
    redact,
    baseEnv: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" },
    now: () => new Date(),
    sleep: (ms: number) => sleep(ms),
  };
  const worker = startWorker({
    ...surroundings,
    logger: createLogger("dbt-console", "fatal"),
    workerId: "w1",
    redis: queueRedis,
    hub: createEventHub(subscriber),
    announce: createAnnounce(producer),
    ring: createDoorbell(producer).ring,
    concurrency: 4,
    drainMs: 100,
    host: "here",
    stateFolder: supervision.stateFolder,
    supervisors: createSupervisors({ bundle: supervision.bundle, sleep }),
    queueTimeoutHours: 24,
    rules: { dailyRun: null, secondsPerRequest: 0 },
    executors: createRunExecutors(env, surroundings),
  });
  return {
    async stop() {
      await worker.stop();
      queueRedis.disconnect();
      subscriber.disconnect();
    },
  };
}
