import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { listNodeResults } from "@/lib/dbt-results/list-node-results";
import { findRun } from "@/lib/runs/get-run";

export const dynamic = "force-dynamic";

/** The models and tests of a dbt run so far; empty for every other kind. */
export const GET = defineRoute({
  permission: "look",
  params: z.object({ id: z.string() }),
  handle: async ({ server, params }) => {
    const run = await findRun(server.runs, params.id);
    return listNodeResults(server.db, run.id);
  },
});
