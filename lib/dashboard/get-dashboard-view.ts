import {
  DASHBOARD_KEY,
  type DashboardState,
  type DashboardView,
  dashboardStateSchema,
} from "@/lib/contracts/dashboard";
import type { Db } from "@/lib/db";
import type { UtcWindow, WebEnv } from "@/lib/env";
import type { Announce } from "@/lib/events/channel";
import { type Observed, readObservation } from "@/lib/observations/read-observation";
import { OPEN_STATES } from "@/lib/runs/run-states";
import { type DueFacts, judgeRestartDue } from "./judge-restart-due";
import type { MartTimes } from "./read-marts";
import { readRestartDue } from "./read-restart-due";
import { tonightWarning } from "./tonight-warning";

export type DashboardViewOptions = {
  db: Db;
  announce: Announce;
  now(): Date;
  dailyRun: UtcWindow | null;
  target: DashboardTarget;
  /** @throws WarehouseError */
  readMarts(): Promise<MartTimes>;
};

/** The names of the service, or the variables that would give them. */
export type DashboardTarget =
  | { names: { cluster: string; service: string; region: string }; missing: [] }
  | { names: null; missing: string[] };

/** The dashboard's service as the web process is configured for it. */
export function dashboardTarget(env: WebEnv): DashboardTarget {
  const { DASHBOARD_REGION: region, DASHBOARD_CLUSTER: cluster, DASHBOARD_SERVICE: service } = env;
  if (region && cluster && service) return { names: { cluster, service, region }, missing: [] };
  const given = { DASHBOARD_REGION: region, DASHBOARD_CLUSTER: cluster, DASHBOARD_SERVICE: service };
  return { names: null, missing: Object.entries(given).flatMap(([name, value]) => (value ? [] : [name])) };
}

/**
 * Everything that the dashboard page shows but the history. Asking makes workers look more often for a while;
 * what they see is announced. A warehouse that does not answer hides only whether a restart is due.
 */
export async function getDashboardView(options: DashboardViewOptions): Promise<DashboardView> {
  const { db, announce, now, dailyRun, target } = options;
  const { names, missing } = target;
  const view = { now: now().toISOString(), missing, target: names };
  if (names === null)
    return {
      ...view,
      configured: false,
      observation: null,
      due: judgeRestartDue(NOTHING_CONFIGURED),
      warning: null,
      activeRunId: null,
    };
  await announce({ type: "observe", key: DASHBOARD_KEY });
  const observed = await readObservation(db, DASHBOARD_KEY, dashboardStateSchema);
  const [due, active] = await Promise.all([
    readRestartDue(options, observed?.value ?? null),
    db.run.findFirst({
      where: { kind: "dashboard-restart", state: { in: [...OPEN_STATES] } },
      orderBy: { queuedAt: "asc" },
      select: { id: true },
    }),
  ]);
  return {
    ...view,
    configured: true,
    observation: observed && observationOf(observed),
    due,
    warning: tonightWarning(now(), dailyRun),
    activeRunId: active?.id ?? null,
  };
}

const NOTHING_CONFIGURED: DueFacts = {
  served: null,
  notServed: { text: "No dashboard is configured.", readsAtNextRequest: false },
  marts: [],
  notCompared: [],
  predictionsAt: null,
  martsProblem: null,
};

function observationOf({
  value,
  observedAt,
  problem,
  checkedAt,
  worker,
}: Observed<DashboardState>): DashboardView["observation"] {
  return {
    observedAt: checkedAt.toISOString(),
    worker,
    problem,
    state: value,
    stateAt: observedAt?.toISOString() ?? null,
  };
}
