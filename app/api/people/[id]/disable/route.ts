import { defineRoute } from "@/app/api/define-route";
import { disablePersonRequestSchema, personParamsSchema } from "@/lib/contracts/access";
import { disablePerson } from "@/lib/people/disable-person";

export const dynamic = "force-dynamic";

/** Keeps a person out: sessions end, tokens are refused. */
export const POST = defineRoute({
  action: "person.disable",
  params: personParamsSchema,
  body: disablePersonRequestSchema,
  handle: async ({ server, actor, params, body }) => {
    const changed = await disablePerson({ db: server.db, actor, id: params.id, ...body });
    await server.announce({ type: "person", personId: params.id });
    return changed;
  },
});
