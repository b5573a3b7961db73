import { defineRoute } from "@/app/api/define-route";
import { getDashboardDue } from "@/lib/dashboard/get-dashboard-due";

export const dynamic = "force-dynamic";

/** Whether a restart of the dashboard is due, in a word. */
export const GET = defineRoute({
  permission: "look",
  handle: ({ server }) => getDashboardDue(server.dashboard),
});
