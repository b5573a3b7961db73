import { defineRoute } from "@/app/api/define-route";
import { lookAtInviteRequestSchema } from "@/lib/contracts/join";
import { lookAtInvite } from "@/lib/invites/look-at-invite";

export const dynamic = "force-dynamic";

/** Whom the holder of an invite's link may become. A POST, so that the secret is in no URL. */
export const POST = defineRoute({
  open: "Whoever holds an invite's link has no account yet; the secret in it has 256 random bits.",
  body: lookAtInviteRequestSchema,
  handle: async ({ server, actor, body }) => {
    await server.limits.open(actor.address);
    return lookAtInvite(server.db, body, new Date());
  },
});
