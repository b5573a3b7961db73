import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createDoorbell } from "@/jobs/queue";
import { createDb } from "@/lib/db";
import { awsSecrets, baseChildEnv, EnvironmentError, readWorkerEnv, type WorkerEnv } from "@/lib/env";
import { createAnnounce } from "@/lib/events/channel";
import { createEventHub } from "@/lib/events/event-hub";
import { createSupervisors } from "@/lib/executors/supervisors";
import { createLogger } from "@/lib/logger";
import { createRedactor, secretValues } from "@/lib/logs/redact";
import { assertNoEviction } from "@/lib/redis/assert-no-eviction";
import { createRedis } from "@/lib/redis/create-redis";
import { startRetention } from "@/lib/retention/start-retention";
import { defaultStateFolder, openStateFolder, workersFolderOf } from "@/lib/runs/state-folder";
import { createWarehousePool } from "@/lib/warehouse/warehouse-pool";
import { startConfiguredDashboardObserver } from "./observe-dashboard";
import { startConfiguredDbtObserver } from "./observe-dbt-project";
import { createRunExecutors } from "./run-executors";
import { startWorker } from "./run-worker";

/** For ending programs (three steps) and the last records, after the drain. */
const STOP_GRACE_MS = 20_000;

/** Starts a worker and keeps it until SIGTERM or SIGINT. */
async function main(env: WorkerEnv): Promise<void> {
  const logger = createLogger("backcourt-worker", env.LOG_LEVEL);
  const workerId = `${env.WORKER_NAME ?? hostname()}-${randomBytes(3).toString("hex")}`;
  const db = createDb(env.DATABASE_URL, "backcourt-worker");
  const producer = createRedis(env.REDIS_URL, "producer", logger);
  const queueRedis = createRedis(env.REDIS_URL, "worker", logger);
  const subscriber = createRedis(env.REDIS_URL, "subscriber", logger);
  const warehouse = createWarehousePool(env.WAREHOUSE_URL);
  await assertNoEviction(queueRedis, logger);
  const stateFolder = env.WORKER_STATE_DIR ?? defaultStateFolder();
  await openStateFolder(stateFolder);

  const doorbell = createDoorbell(producer);
  const hub = createEventHub(subscriber);
  const announce = createAnnounce(producer);
  const redact = createRedactor([
    ...[env.ingestionEnv, env.dbtEnv, env.mlEnv].flatMap(secretValues),
    ...passwordsOf(env),
    ...(env.DASHBOARD_HEADER_VALUE ? [env.DASHBOARD_HEADER_VALUE] : []),
    ...awsSecrets(),
  ]);
  const worker = startWorker({
    db,
    logger,
    workerId,
    redis: queueRedis,
    hub,
    announce,
    ring: doorbell.ring,
    redact,
    now: () => new Date(),
    sleep: (ms) => sleep(ms),
    host: hostname(),
    stateFolder,
    supervisors: createSupervisors({ bundle: findSupervisor(), sleep: (ms) => sleep(ms) }),
    queueTimeoutHours: env.QUEUE_TIMEOUT_HOURS,
    concurrency: env.WORKER_CONCURRENCY,
    drainMs: env.WORKER_DRAIN_SECONDS * 1_000,
    rules: { dailyRun: env.DAILY_RUN_WINDOW, secondsPerRequest: 60 / env.SOURCE_REQUESTS_PER_MINUTE },
    executors: createRunExecutors(env, {
      warehouse,
      db,
      baseEnv: baseChildEnv(),
      redact,
      now: () => new Date(),
      sleep: (ms) => sleep(ms),
    }),
  });
  const retention = startRetention({
    db,
    logger,
    rules: {
      runDays: env.RUN_RETENTION_DAYS,
      logDays: env.LOG_RETENTION_DAYS,
      logBytes: env.LOG_RETENTION_GB === null ? null : env.LOG_RETENTION_GB * 1e9,
    },
    sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
  });
  const dbtObserver = await startConfiguredDbtObserver(env, {
    db,
    hub,
    announce,
    logger,
    workerId,
    redact,
    scratchRoot: workersFolderOf(stateFolder),
  });
  const dashboardObserver = startConfiguredDashboardObserver(env, {
    db,
    hub,
    announce,
    logger,
    workerId,
    redact,
  });
  logger.info({ workerId }, "worker ready");

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, "worker stopping");
    // Stores that are gone must not hold up a deploy: what is unfinished then is settled by its lease.
    setTimeout(() => process.exit(1), env.WORKER_DRAIN_SECONDS * 1_000 + STOP_GRACE_MS).unref();
    await Promise.all([worker.stop(), retention.stop(), dbtObserver?.stop(), dashboardObserver?.stop()]);
    await Promise.allSettled([doorbell.close(), warehouse.end(), db.$disconnect()]);
    for (const redis of [producer, queueRedis, subscriber]) redis.disconnect();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
}

/** Beside the worker's own bundle; in development, where the worker is none, in dist. */
function findSupervisor(): string {
  const places = ["./supervisor.cjs", "../../dist/supervisor.cjs"].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  throw new Error("supervisor.cjs is not beside the worker. Build both: node scripts/build-bundles.mjs.");
}

function passwordsOf(env: WorkerEnv): string[] {
  return [env.DATABASE_URL, env.WAREHOUSE_URL, env.REDIS_URL]
    .map((url) => decodeURIComponent(new URL(url).password))
    .filter((password) => password !== "");
}

try {
  await main(readWorkerEnv());
} catch (error) {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : String(error)}\n`);
  process.exitCode = 1;
  process.exit();
}
