import { defineRoute } from "@/app/api/define-route";
import { acceptInviteRequestSchema } from "@/lib/contracts/join";
import { acceptInvite } from "@/lib/invites/accept-invite";

export const dynamic = "force-dynamic";

/** Makes the invited person, or sets a password anew; the page then signs in with it. */
export const POST = defineRoute({
  action: "invite.accept",
  open: "Whoever holds an invite's link has no account yet; the secret in it has 256 random bits.",
  body: acceptInviteRequestSchema,
  handle: async ({ server, actor, body }) => {
    await server.limits.open(actor.address);
    const { email, personId } = await acceptInvite({ db: server.db, from: actor, request: body });
    await server.announce({ type: "person", personId });
    return Response.json({ email }, { status: 201, headers: { "cache-control": "no-store" } });
  },
});
