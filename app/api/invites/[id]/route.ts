import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { revokeInvite } from "@/lib/invites/revoke-invite";

export const dynamic = "force-dynamic";

/** Takes an invite back. */
export const DELETE = defineRoute({
  action: "invite.revoke",
  params: z.object({ id: z.string() }),
  handle: ({ server, actor, params }) => revokeInvite({ db: server.db, actor, id: params.id }),
});
