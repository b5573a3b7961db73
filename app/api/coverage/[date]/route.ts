import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { gameDateSchema } from "@/lib/contracts/game-date-schema";

export const dynamic = "force-dynamic";

/** One date's coverage, game by game, measured now. */
export const GET = defineRoute({
  permission: "look",
  params: z.object({ date: gameDateSchema }),
  handle: ({ server, params }) => server.coverage.date(params.date),
});
