import type { EnqueueOptions } from "@/jobs/enqueue";
import { jobSettingsOf } from "@/jobs/job-settings";
import { createOrderPreparations } from "@/jobs/orders/order-preparations";
import { createDoorbell } from "@/jobs/queue";
import type { LogLine } from "@/lib/contracts/log";
import { type DashboardViewOptions, dashboardTarget } from "@/lib/dashboard/get-dashboard-view";
import { readMartTimes } from "@/lib/dashboard/read-marts";
import { createDb, type Db } from "@/lib/db";
import { createForeignBuildLook } from "@/lib/dbt/foreign-build-look";
import type { DbtStatusOptions } from "@/lib/dbt/get-dbt-status";
import { getWebEnv } from "@/lib/env";
import { type Announce, createAnnounce } from "@/lib/events/channel";
import { createEventHub, type EventHub } from "@/lib/events/event-hub";
import type { HealthOptions } from "@/lib/health/get-health";
import type { RouteServer } from "@/lib/http/define-route";
import { createLogger } from "@/lib/logger";
import { readLogLines } from "@/lib/logs/read-log";
import { createRedis } from "@/lib/redis/create-redis";
import { waitingOf } from "@/lib/runs/queue-surroundings";
import { isFinal } from "@/lib/runs/run-states";
import { runSummaryOf } from "@/lib/runs/run-view";
import { singleFlight } from "@/lib/single-flight";
import { createOpenStreams, type OpenStreams } from "@/lib/streams/open-streams";
import type { WatchOptions } from "@/lib/streams/watch-events";
import { listWaivers } from "@/lib/waivers/list-waivers";
import { type CoverageReader, createCoverageReader } from "@/lib/warehouse/coverage-reader";
import { createPredictionsReader, type PredictionsReader } from "@/lib/warehouse/predictions-reader";
import { createWarehousePool } from "@/lib/warehouse/warehouse-pool";

/** Everything that the web process holds, made once. */
export type WebServer = RouteServer & {
  coverage: CoverageReader;
  predictions: PredictionsReader;
  runs: EnqueueOptions;
  hub: EventHub;
  announce: Announce;
  streams: OpenStreams;
  health: HealthOptions;
  dbt: DbtStatusOptions;
  dashboard: DashboardViewOptions;
} & Pick<WatchOptions, "readLines" | "readRun">;

// Next may load a module twice (development, separate bundles); the process has one set of connections.
const holder = globalThis as typeof globalThis & { backcourtServer?: WebServer };

/** The process's server, made at the first request. @throws EnvironmentError when it is misconfigured */
export function getServer(): WebServer {
  holder.backcourtServer ??= createServer();
  return holder.backcourtServer;
}

function createServer(): WebServer {
  const env = getWebEnv();
  const logger = createLogger("backcourt-web", env.LOG_LEVEL);
  const db = createDb(env.DATABASE_URL, "backcourt-web");
  const producer = createRedis(env.REDIS_URL, "producer", logger);
  const subscriber = createRedis(env.REDIS_URL, "subscriber", logger);
  const warehouse = createWarehousePool(env.WAREHOUSE_URL);
  const now = () => new Date();
  const announce = createAnnounce(producer);
  const coverage = createCoverageReader({ pool: warehouse, now, listWaivers: () => listWaivers(db), logger });
  const predictions = createPredictionsReader({
    pool: warehouse,
    now,
    currentSeason: () => coverage.predictions(null),
    logger,
  });
  const findForeignBuild = createForeignBuildLook(warehouse, now);
  const runs: EnqueueOptions = {
    db,
    now,
    findForeignBuild,
    announce,
    ring: createDoorbell(producer).ring,
    doorbellUp: () => producer.status === "ready",
    rules: { dailyRun: env.DAILY_RUN_WINDOW, secondsPerRequest: 60 / env.SOURCE_REQUESTS_PER_MINUTE },
    preparations: createOrderPreparations(jobSettingsOf(env), {
      now,
      dailyRun: env.DAILY_RUN_WINDOW,
      firstSeasonStart: env.FIRST_SEASON_START,
      coverage,
      db,
      warehouse,
      findForeignBuild,
    }),
  };
  const readMarts = singleFlight(() => readMartTimes(warehouse, env.DASHBOARD_MARTS));
  const hub = createEventHub(subscriber);
  hub.listen((event) => {
    if (event.type !== "coverage") return;
    coverage.invalidate();
    predictions.invalidate();
  });
  return {
    db,
    logger,
    allowedHosts: env.ALLOWED_HOSTS,
    coverage,
    predictions,
    runs,
    announce,
    hub,
    streams: createOpenStreams(),
    ...createStreamReaders(db, runs),
    dashboard: {
      db,
      announce,
      now,
      dailyRun: env.DAILY_RUN_WINDOW,
      target: dashboardTarget(env),
      // Pages that ask at once share one look.
      readMarts: () => readMarts(undefined),
    },
    dbt: { db, warehouse, announce, isConfigured: env.DBT_CWD !== undefined },
    health: {
      db,
      redis: producer,
      now,
      startedAt: now(),
      lastSeen: new Map(),
      pingWarehouse: () => warehouse.ping(),
    },
  };
}

/** Readers at the same place of the same log share one query, however many tabs follow it. */
function createStreamReaders(db: Db, runs: EnqueueOptions): Pick<WatchOptions, "readLines" | "readRun"> {
  const readPage = singleFlight<string, LogLine[]>((place) => {
    const [runId = "", after = "0", limit = "0"] = place.split(" ");
    return readLogLines(db, runId, Number(after), Number(limit));
  });
  return {
    readLines: (runId, after, limit) => readPage(`${runId} ${after} ${limit}`),
    readRun: singleFlight(async (id: string) => {
      const run = await db.run.findUnique({ where: { id } });
      if (!run) return null;
      const waiting = await waitingOf(runs, [run]);
      return {
        summary: runSummaryOf(run, waiting.get(id) ?? null),
        logLines: run.logLines,
        final: isFinal(run.state),
      };
    }),
  };
}
