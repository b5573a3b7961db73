import { defineRoute } from "@/app/api/define-route";
import { createInviteRequestSchema } from "@/lib/contracts/access";
import { createInvite } from "@/lib/invites/create-invite";
import { listInvites } from "@/lib/invites/list-invites";

export const dynamic = "force-dynamic";

/** The invites that nobody has used yet. */
export const GET = defineRoute({
  permission: "people",
  handle: async ({ server }) => ({ invites: await listInvites(server.db, new Date()) }),
});

/** Makes a link by which one person may join; the answer holds it, and nothing else ever will. */
export const POST = defineRoute({
  action: "invite.create",
  body: createInviteRequestSchema,
  handle: async ({ server, actor, body }) => {
    const created = await createInvite({ db: server.db, actor, request: body });
    return Response.json(created, { status: 201, headers: { "cache-control": "no-store" } });
  },
});
