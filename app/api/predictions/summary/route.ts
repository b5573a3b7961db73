import { defineRoute } from "@/app/api/define-route";

export const dynamic = "force-dynamic";

/** Tonight's predictions, how good the model has been, and what is amiss. */
export const GET = defineRoute({
  permission: "look",
  handle: ({ server }) => server.predictions.summary(),
});
