import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { logPageRequestSchema } from "@/lib/contracts/log";
import { readLogLines } from "@/lib/logs/read-log";
import { findRun } from "@/lib/runs/get-run";

export const dynamic = "force-dynamic";

/** A page of a run's stored lines. */
export const GET = defineRoute({
  permission: "look",
  params: z.object({ id: z.string() }),
  query: logPageRequestSchema,
  handle: async ({ server, params, query }) => {
    const run = await findRun(server.runs, params.id);
    const lines = await readLogLines(server.db, run.id, query.after, query.limit);
    return { lines, total: Math.max(run.logLines, lines.at(-1)?.seq ?? 0) };
  },
});
