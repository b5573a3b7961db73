import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { textStream } from "@/lib/http/text-stream";
import { rawLog } from "@/lib/logs/read-log";
import { describePrunedLog } from "@/lib/retention/describe-pruned-log";
import { findRun } from "@/lib/runs/get-run";

export const dynamic = "force-dynamic";

/** The whole log as a text file; what a program wrote is never rendered from here. */
export const GET = defineRoute({
  permission: "look",
  params: z.object({ id: z.string() }),
  handle: async ({ server, params }) => {
    const run = await findRun(server.runs, params.id);
    const name = `${run.kind}-${run.gameDate ?? "run"}-${run.id.slice(-8)}.log`;
    const text = describePrunedLog(run) ?? textStream(rawLog(server.db, run.id));
    return new Response(text, {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      },
    });
  },
});
