import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { logSearchRequestSchema } from "@/lib/contracts/log";
import { searchLog } from "@/lib/logs/search-log";
import { findRun } from "@/lib/runs/get-run";

export const dynamic = "force-dynamic";

/** Which lines of a run's stored log hold a text, or report an error. */
export const GET = defineRoute({
  permission: "look",
  params: z.object({ id: z.string() }),
  query: logSearchRequestSchema,
  handle: async ({ server, params, query, request }) => {
    const { id, logLines } = await findRun(server.runs, params.id);
    return searchLog({
      db: server.db,
      runId: id,
      logLines,
      wanted: query,
      signal: request.signal,
      clock: () => performance.now(),
    });
  },
});
