import { defineRoute } from "@/app/api/define-route";
import { enqueueRuns } from "@/jobs/enqueue";
import { createRunsRequestSchema, listRunsRequestSchema } from "@/lib/contracts/runs";
import { readIdempotencyKey } from "@/lib/http/idempotency-key";
import { listRuns } from "@/lib/runs/list-runs";

export const dynamic = "force-dynamic";

/** Runs, newest first. */
export const GET = defineRoute({
  permission: "look",
  query: listRunsRequestSchema,
  handle: ({ server, query }) => listRuns(server.runs, query),
});

/** Accepts an order of runs: 202 once it is stored. */
export const POST = defineRoute({
  action: "run.create",
  body: createRunsRequestSchema,
  handle: async ({ server, actor, body, request }) => {
    const idempotencyKey = readIdempotencyKey(request);
    if (actor.personId) await server.limits.runs(actor.personId, body.params.length);
    const accepted = await enqueueRuns(server.runs, { order: body, actor, idempotencyKey });
    return Response.json(accepted, { status: 202, headers: { "cache-control": "no-store" } });
  },
});
