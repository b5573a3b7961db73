import { DASHBOARD_KEY, type DashboardDue, dashboardStateSchema } from "@/lib/contracts/dashboard";
import { readObservation } from "@/lib/observations/read-observation";
import type { DashboardViewOptions } from "./get-dashboard-view";
import { readRestartDue } from "./read-restart-due";

/** Whether a restart is due, for pages that only name it: unlike the view, asking makes no worker look. */
export async function getDashboardDue(
  options: Pick<DashboardViewOptions, "db" | "target" | "readMarts">,
): Promise<DashboardDue> {
  if (options.target.names === null) return { state: "not-configured", newer: 0 };
  const observed = await readObservation(options.db, DASHBOARD_KEY, dashboardStateSchema);
  const { state, newer } = await readRestartDue(options, observed?.value ?? null);
  return { state, newer: newer.length };
}
