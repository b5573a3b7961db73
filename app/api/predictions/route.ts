import { defineRoute } from "@/app/api/define-route";
import { predictionsRequestSchema } from "@/lib/contracts/predictions";

export const dynamic = "force-dynamic";

/** A page of the predictions, read now. */
export const GET = defineRoute({
  permission: "look",
  query: predictionsRequestSchema,
  handle: ({ server, query }) => server.predictions.page(query),
});
