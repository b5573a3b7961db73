import { defineRoute } from "@/app/api/define-route";
import { beginProviderSignIn } from "@/lib/auth/provider-sign-in";
import { providerSignInRequestSchema } from "@/lib/contracts/auth";

export const dynamic = "force-dynamic";

/** Where a provider asks who somebody is, with a cookie that ties its answer to this browser. */
export const POST = defineRoute({
  open: "whoever signs in has no session yet",
  action: "session.sign-in",
  body: providerSignInRequestSchema,
  handle: async ({ server, actor, body }) => {
    await server.limits.open(actor.address);
    const { url, headers } = await beginProviderSignIn(server, body);
    headers.set("cache-control", "no-store");
    return Response.json({ url }, { headers });
  },
});
