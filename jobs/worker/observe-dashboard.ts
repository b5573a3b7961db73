import { DASHBOARD_KEY } from "@/lib/contracts/dashboard";
import { lookAtDashboard } from "@/lib/dashboard/look-at-dashboard";
import type { Db } from "@/lib/db";
import type { WorkerEnv } from "@/lib/env";
import { errorText, isAppError } from "@/lib/errors";
import type { Announce } from "@/lib/events/channel";
import type { EventHub } from "@/lib/events/event-hub";
import type { Logger } from "@/lib/logger";
import type { Redact } from "@/lib/logs/redact";
import { type Seen, saveObservation } from "@/lib/observations/save-observation";
import { ACTIVE_STATES } from "@/lib/runs/run-states";
import { createDashboardAccess, type DashboardAccess } from "./dashboard-access";

export type DashboardObserverOptions = {
  db: Db;
  hub: EventHub;
  announce: Announce;
  logger: Logger;
  workerId: string;
  redact: Redact;
  access: DashboardAccess;
  timing?: ObserverTiming;
};

/** Milliseconds between two looks: when nobody cares, and while somebody watches or a restart is on its way. */
export type ObserverTiming = { idleMs: number; watchedMs: number };

/** Looks of a worker at the dashboard's service, until `stop`. */
export type DashboardObserver = { stop(): Promise<void> };

const TIMING: ObserverTiming = { idleMs: 30_000, watchedMs: 3_000 };
/** A page that watches asks again within this time. */
const WATCHED_LOOKS = 5;

/** Starts looking at the service of this worker's configuration; null where it has none. */
export function startConfiguredDashboardObserver(
  env: WorkerEnv,
  surroundings: Omit<DashboardObserverOptions, "access">,
): DashboardObserver | null {
  const access = createDashboardAccess(env);
  return access && startDashboardObserver({ ...surroundings, access });
}

/** Publishes the dashboard's service as it is: now, every 30 s, and every 3 s while it matters. */
export function startDashboardObserver(options: DashboardObserverOptions): DashboardObserver {
  const { db, hub, announce, logger, workerId, access, timing = TIMING } = options;
  const stopping = new AbortController();
  let watchedUntil = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking = Promise.resolve();

  const look = async (): Promise<void> => {
    const seen = await see(access, stopping.signal, options.redact);
    if (stopping.signal.aborted) return;
    await saveObservation(db, { key: DASHBOARD_KEY, worker: workerId, seen });
    await announce({ type: "observation", key: DASHBOARD_KEY });
  };

  const lookIfDue = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    try {
      const watched = performance.now() < watchedUntil || (await isRestartUnderWay(db));
      const everyMs = watched ? timing.watchedMs : timing.idleMs;
      // Timers are a little early at times, and other workers look too.
      if (performance.now() - lookedAt < everyMs * 0.9) return;
      if (!(await wasSeenWithin(db, everyMs * 0.9))) await look();
    } catch (error) {
      logger.warn({ reason: errorText(error) }, "the dashboard's service could not be published");
    }
    lookedAt = performance.now();
  };
  const lookNext = () => {
    looking = looking.then(lookIfDue);
  };

  const unlisten = hub.listen((event) => {
    if (event.type !== "observe" || event.key !== DASHBOARD_KEY) return;
    const wasWatched = performance.now() < watchedUntil;
    watchedUntil = performance.now() + WATCHED_LOOKS * timing.watchedMs;
    if (!wasWatched) lookNext();
  });
  const timer = setInterval(lookNext, timing.watchedMs);
  lookNext();

  return {
    async stop() {
      stopping.abort();
      clearInterval(timer);
      unlisten();
      await looking;
    },
  };
}

/** The service, or the words why it cannot be seen; whatever else goes wrong is a defect. */
async function see(access: DashboardAccess, signal: AbortSignal, redact: Redact): Promise<Seen> {
  try {
    return { value: await lookAtDashboard(access, signal) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { problem: redact(error.message) };
  }
}

async function isRestartUnderWay(db: Db): Promise<boolean> {
  const active = await db.run.count({
    where: { kind: "dashboard-restart", state: { in: [...ACTIVE_STATES] } },
  });
  return active > 0;
}

/** Whether any worker has looked so lately, by the database's clock. */
async function wasSeenWithin(db: Db, ms: number): Promise<boolean> {
  const rows = await db.$queryRaw<{ recent: boolean }[]>`
    select exists (
      select from backcourt.observation
      where key = ${DASHBOARD_KEY} and checked_at > now() - ${ms} * interval '1 millisecond') as recent`;
  return rows[0]?.recent ?? false;
}
