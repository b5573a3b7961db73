import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { getNodeSql } from "@/lib/dbt-results/get-node-sql";
import { findRun } from "@/lib/runs/get-run";

export const dynamic = "force-dynamic";

/** The compiled SQL of a node that failed. */
export const GET = defineRoute({
  permission: "look",
  params: z.object({ id: z.string(), uniqueId: z.string() }),
  handle: async ({ server, params }) => {
    const run = await findRun(server.runs, params.id);
    return getNodeSql(server.db, run.id, params.uniqueId);
  },
});
