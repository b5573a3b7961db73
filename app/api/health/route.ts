import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { getHealth } from "@/lib/health/get-health";

export const dynamic = "force-dynamic";

/** Whether every part is up: 503 when one is not, for monitors; always 200 for the page (`view=page`). */
export const GET = defineRoute({
  permission: "look",
  query: z.strictObject({ view: z.literal("page").optional() }),
  handle: async ({ server, query }) => {
    const health = await getHealth(server.health);
    const status = health.ok || query.view === "page" ? 200 : 503;
    return Response.json(health, { status, headers: { "cache-control": "no-store" } });
  },
});
