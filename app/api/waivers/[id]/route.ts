import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { revokeWaiver } from "@/lib/waivers/revoke-waiver";

export const dynamic = "force-dynamic";

/** Takes a waiver back: its game is expected again. */
export const DELETE = defineRoute({
  action: "waiver.revoke",
  params: z.object({ id: z.string() }),
  handle: async ({ server, actor, params }) => {
    const { id, gameDate } = await revokeWaiver({ db: server.db, actor, id: params.id });
    await server.announce({ type: "coverage", dates: [gameDate] });
    return { id };
  },
});
