import { defineRoute } from "@/app/api/define-route";
import { changeRoleRequestSchema, personParamsSchema } from "@/lib/contracts/access";
import { changeRole } from "@/lib/people/change-role";

export const dynamic = "force-dynamic";

/** Gives a person another role. */
export const POST = defineRoute({
  action: "person.change-role",
  params: personParamsSchema,
  body: changeRoleRequestSchema,
  handle: async ({ server, actor, params, body }) => {
    const changed = await changeRole({ db: server.db, actor, id: params.id, ...body });
    await server.announce({ type: "person", personId: params.id });
    return changed;
  },
});
