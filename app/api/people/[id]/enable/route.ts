import { defineRoute } from "@/app/api/define-route";
import { emptyRequestSchema, personParamsSchema } from "@/lib/contracts/access";
import { enablePerson } from "@/lib/people/enable-person";

export const dynamic = "force-dynamic";

/** Lets a disabled person in again. */
export const POST = defineRoute({
  action: "person.enable",
  params: personParamsSchema,
  body: emptyRequestSchema,
  handle: async ({ server, actor, params, body }) => {
    const changed = await enablePerson({ db: server.db, actor, id: params.id, ...body });
    await server.announce({ type: "person", personId: params.id });
    return changed;
  },
});
