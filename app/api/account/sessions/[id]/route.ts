import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { endOwnSessions } from "@/lib/people/end-sessions";

export const dynamic = "force-dynamic";

/** Ends one of one's own sessions. */
export const DELETE = defineRoute({
  action: "session.end",
  params: z.object({ id: z.string() }),
  handle: async ({ server, actor, params }) => {
    const ended = await endOwnSessions({ db: server.db, actor, which: { id: params.id } });
    if (actor.personId) await server.announce({ type: "person", personId: actor.personId });
    return ended;
  },
});
