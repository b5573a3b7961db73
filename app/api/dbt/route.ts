import { defineRoute } from "@/app/api/define-route";
import { getDbtStatus } from "@/lib/dbt/get-dbt-status";

export const dynamic = "force-dynamic";

/** The dbt project's graph, presets, usual times, and whether somebody else is building. */
export const GET = defineRoute({
  permission: "look",
  handle: ({ server }) => getDbtStatus(server.dbt),
});
