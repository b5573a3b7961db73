import { defineRoute } from "@/app/api/define-route";
import { emptyRequestSchema, personParamsSchema } from "@/lib/contracts/access";
import { createPasswordLink } from "@/lib/invites/create-password-link";

export const dynamic = "force-dynamic";

/** Makes a link by which a person sets a new password; the answer holds it, and nothing else ever will. */
export const POST = defineRoute({
  action: "person.reset-password",
  params: personParamsSchema,
  body: emptyRequestSchema,
  handle: async ({ server, actor, params }) => {
    const created = await createPasswordLink({ db: server.db, actor, id: params.id });
    return Response.json(created, { status: 201, headers: { "cache-control": "no-store" } });
  },
});
