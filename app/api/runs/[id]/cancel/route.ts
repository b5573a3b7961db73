import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { cancelRun } from "@/lib/runs/cancel-run";

export const dynamic = "force-dynamic";

/** Asks for a run's end. */
export const POST = defineRoute({
  action: "run.cancel",
  params: z.object({ id: z.string() }),
  body: z.strictObject({}),
  handle: ({ server, actor, params }) => cancelRun(server.runs, { id: params.id, actor }),
});
