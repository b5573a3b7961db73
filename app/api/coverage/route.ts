import { defineRoute } from "@/app/api/define-route";
import { coverageRequestSchema } from "@/lib/contracts/coverage";

export const dynamic = "force-dynamic";

/** A season's coverage, measured now. */
export const GET = defineRoute({
  permission: "look",
  query: coverageRequestSchema,
  handle: ({ server, query }) => server.coverage.season(query.season ?? null),
});
