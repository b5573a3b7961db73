import { defineRoute } from "@/app/api/define-route";
import { previewRuns } from "@/jobs/enqueue";
import { createRunsRequestSchema } from "@/lib/contracts/runs";

export const dynamic = "force-dynamic";

/** What an order would do; nothing is stored. */
export const POST = defineRoute({
  permission: "look",
  body: createRunsRequestSchema,
  handle: ({ server, body, actor }) => previewRuns(server.runs, body, actor),
});
