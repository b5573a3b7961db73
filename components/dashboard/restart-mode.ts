import {
  type DashboardMode,
  dashboardRestartParamsSchema,
} from "@/lib/contracts/run-kinds/dashboard-restart";
import type { RunDetail } from "@/lib/contracts/runs";

/** Which of the two a run is; a run from another version of Backcourt is taken for a restart. */
export function modeOf({ params }: Pick<RunDetail, "params">): DashboardMode {
  return dashboardRestartParamsSchema.safeParse(params).data?.mode ?? "restart";
}
