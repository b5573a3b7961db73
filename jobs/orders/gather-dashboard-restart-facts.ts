import type { DashboardRestartFacts } from "@/jobs/orders/dashboard-restart-order";
import { DASHBOARD_KEY, dashboardStateSchema } from "@/lib/contracts/dashboard";
import { typicalDowntime } from "@/lib/dashboard/list-restarts";
import type { Db } from "@/lib/db";
import { readObservation } from "@/lib/observations/read-observation";
import { findAbsentWorkers } from "@/lib/runs/absent-workers";

/** The service as it was last seen, and what earlier restarts cost. */
export async function gatherDashboardRestartFacts(
  db: Db,
  common: Pick<DashboardRestartFacts, "now" | "dailyRun">,
): Promise<DashboardRestartFacts> {
  const [observed, usual, absentWorkers] = await Promise.all([
    readObservation(db, DASHBOARD_KEY, dashboardStateSchema),
    typicalDowntime(db),
    findAbsentWorkers(db),
  ]);
  return {
    ...common,
    absentWorkers,
    state: observed?.value ?? null,
    stateAt: observed?.observedAt?.toISOString() ?? null,
    usual,
  };
}
