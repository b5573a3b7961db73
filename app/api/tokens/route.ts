import { defineRoute } from "@/app/api/define-route";
import { createTokenRequestSchema } from "@/lib/contracts/account";
import { createToken } from "@/lib/tokens/create-token";

export const dynamic = "force-dynamic";

/** Makes an API token of one's own; the answer holds its secret, and nothing else ever will. */
export const POST = defineRoute({
  action: "token.create",
  body: createTokenRequestSchema,
  handle: async ({ server, actor, body }) => {
    const created = await createToken({ db: server.db, actor, request: body });
    return Response.json(created, { status: 201, headers: { "cache-control": "no-store" } });
  },
});
