import { defineRoute } from "@/app/api/define-route";
import { getDashboardView } from "@/lib/dashboard/get-dashboard-view";

export const dynamic = "force-dynamic";

/** The dashboard's service as a worker last saw it, and whether a restart is due. */
export const GET = defineRoute({
  permission: "look",
  handle: ({ server }) => getDashboardView(server.dashboard),
});
