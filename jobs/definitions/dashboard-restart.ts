import { defineJob } from "@/jobs/define-job";
import {
  type DashboardRestartParams,
  dashboardRestartParamsSchema,
} from "@/lib/contracts/run-kinds/dashboard-restart";

/** Has the dashboard show fresh data: its ECS tasks are replaced, or, where it can, it reads its data again. */
export const dashboardRestart = defineJob<"dashboard-restart", DashboardRestartParams>({
  kind: "dashboard-restart",
  label: "Dashboard restart",
  description: "Stops the dashboard's ECS task and ends when a new one serves fresh data.",
  params: dashboardRestartParamsSchema,
  example: { mode: "restart" },
  // It touches neither the warehouse nor the source.
  heldByDailyRun: false,
  title: ({ mode }) => (mode === "restart" ? "Restart the dashboard" : "Refresh the dashboard's data"),
  gameDate: () => null,
  lockKey: () => "dashboard",
  targetKey: ({ mode }) => `dashboard-restart:${mode}`,
  plan: ({ mode }, { dashboard }) =>
    dashboard && {
      executor: "ecs-service",
      argv: [
        "ecs-service",
        mode,
        "--region",
        dashboard.region,
        "--cluster",
        dashboard.cluster,
        "--service",
        dashboard.service,
      ],
      cwd: `${dashboard.cluster} in ${dashboard.region}`,
    },
});
