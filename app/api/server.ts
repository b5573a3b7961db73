import type { EnqueueOptions } from "@/jobs/enqueue";
import { jobSettingsOf } from "@/jobs/job-settings";
import { createOrderPreparations } from "@/jobs/orders/order-preparations";
import { createDoorbell } from "@/jobs/queue";
import { authSettings, signInProviders } from "@/lib/auth/auth-settings";
import { type Auth, createAuth } from "@/lib/auth/create-auth";
import { createLimits, type Limits } from "@/lib/auth/limits";
import { sessionCookieName } from "@/lib/auth/session-cookie";
import { type DashboardViewOptions, dashboardTarget } from "@/lib/dashboard/get-dashboard-view";
import { readMartTimes } from "@/lib/dashboard/read-marts";
import { createDb, type Db } from "@/lib/db";
import { createForeignBuildLook } from "@/lib/dbt/foreign-build-look";
import type { DbtStatusOptions } from "@/lib/dbt/get-dbt-status";
import { getWebEnv, type WebEnv } from "@/lib/env";
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
import { TUNABLES } from "@/lib/runs/tunables";
import { singleFlight } from "@/lib/single-flight";
import { createOpenStreams, type OpenStreams } from "@/lib/streams/open-streams";
import { createReaderCalls, type ReaderCalls } from "@/lib/streams/reader-calls";
import { createSharedPages } from "@/lib/streams/shared-pages";
import type { WatchOptions } from "@/lib/streams/watch-events";
import { listWaivers } from "@/lib/waivers/list-waivers";
import { type CoverageReader, createCoverageReader } from "@/lib/warehouse/coverage-reader";
import { createPredictionsReader, type PredictionsReader } from "@/lib/warehouse/predictions-reader";
import { createWarehousePool } from "@/lib/warehouse/warehouse-pool";

/** Everything that the web process holds, made once. */
export type WebServer = RouteServer & {
  auth: Auth;
  limits: Limits;
  /** How many streams one person may have open at this process. */
  streamsPerPerson: number;
  /** Ways in beside a password, by name, for their buttons. */
  signInProviders: { id: string; label: string }[];
  coverage: CoverageReader;
  predictions: PredictionsReader;
  runs: EnqueueOptions;
  hub: EventHub;
  readerCalls: ReaderCalls;
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
  const authentication = authenticationOf(env, db);
  const now = () => new Date();
  const announce = createAnnounce(producer);
  const doorbell = createDoorbell(producer);
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
    ring: doorbell.ring,
    doorbellUp: doorbell.up,
    doorbellDownSince: doorbell.downSince,
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
    ...authentication,
    auth: createAuth({ db, logger, ...authSettings(env) }),
    limits: createLimits({ redis: producer, secret: env.AUTH_SECRET, runsPerMinute: env.RUNS_PER_MINUTE }),
    streamsPerPerson: env.STREAMS_PER_PERSON,
    signInProviders: signInProviders(authSettings(env).providers),
    coverage,
    predictions,
    runs,
    announce,
    hub,
    readerCalls: createReaderCalls({
      hub,
      gapMs: (readers) => readers * TUNABLES.streamGapMsPerReader,
      lookMs: TUNABLES.streamLookMs,
      blindLookMs: TUNABLES.streamPollMs,
      clock: () => performance.now(),
    }),
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
      redisDownSince: doorbell.downSince,
      now,
      startedAt: now(),
      lastSeen: new Map(),
      pingWarehouse: () => warehouse.ping(),
    },
  };
}

/** What every route needs to know who calls, and whether it is meant. */
function authenticationOf(
  env: WebEnv,
  db: Db,
): Pick<RouteServer, "allowedHosts" | "publicUrl" | "authentication"> {
  const { secret, publicUrl } = authSettings(env);
  const cookieName = sessionCookieName(publicUrl);
  return {
    publicUrl,
    allowedHosts: [...env.ALLOWED_HOSTS, new URL(publicUrl).hostname].map((name) => name.toLowerCase()),
    authentication: { db, secret, cookieName, trustedProxies: env.TRUSTED_PROXIES },
  };
}

/** What streams read, shared by those that ask for the same. */
function createStreamReaders(db: Db, runs: EnqueueOptions): Pick<WatchOptions, "readLines" | "readRun"> {
  return {
    readLines: createSharedPages((runId, after, limit) => readLogLines(db, runId, after, limit)),
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
