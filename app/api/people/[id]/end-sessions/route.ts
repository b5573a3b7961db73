import { defineRoute } from "@/app/api/define-route";
import { emptyRequestSchema, personParamsSchema } from "@/lib/contracts/access";
import { endPersonSessions } from "@/lib/people/end-sessions";

export const dynamic = "force-dynamic";

/** Signs a person out everywhere. */
export const POST = defineRoute({
  action: "person.end-sessions",
  params: personParamsSchema,
  body: emptyRequestSchema,
  handle: async ({ server, actor, params, body }) => {
    const changed = await endPersonSessions({ db: server.db, actor, id: params.id, ...body });
    await server.announce({ type: "person", personId: params.id });
    return changed;
  },
});
