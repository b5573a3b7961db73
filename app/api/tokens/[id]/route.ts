import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { revokeToken } from "@/lib/tokens/revoke-token";

export const dynamic = "force-dynamic";

/** Makes a token useless: one's own, or anybody's for an admin. */
export const DELETE = defineRoute({
  action: "token.revoke",
  params: z.object({ id: z.string() }),
  handle: async ({ server, actor, params }) => {
    const { id, personId } = await revokeToken({ db: server.db, actor, id: params.id });
    await server.announce({ type: "person", personId });
    return { id };
  },
});
