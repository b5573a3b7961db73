import { defineRoute } from "@/app/api/define-route";
import { restartHistoryRequestSchema } from "@/lib/contracts/dashboard";
import { listRestarts } from "@/lib/dashboard/list-restarts";

export const dynamic = "force-dynamic";

/** Restarts and refreshes that have ended, newest first, with how long nothing served. */
export const GET = defineRoute({
  permission: "look",
  query: restartHistoryRequestSchema,
  handle: ({ server, query }) => listRestarts(server.db, query),
});
