import { defineRoute } from "@/app/api/define-route";
import { emptyRequestSchema } from "@/lib/contracts/access";
import { endOwnSessions } from "@/lib/people/end-sessions";

export const dynamic = "force-dynamic";

/** Signs one out everywhere but here. */
export const POST = defineRoute({
  action: "session.end",
  body: emptyRequestSchema,
  handle: async ({ server, actor }) => {
    const ended = await endOwnSessions({ db: server.db, actor, which: "others" });
    if (actor.personId) await server.announce({ type: "person", personId: actor.personId });
    return ended;
  },
});
