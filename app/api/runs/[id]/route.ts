import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { getRun } from "@/lib/runs/get-run";

export const dynamic = "force-dynamic";

/** One run with its receipt. */
export const GET = defineRoute({
  permission: "look",
  params: z.object({ id: z.string() }),
  handle: ({ server, params }) => getRun(server.runs, params.id),
});
