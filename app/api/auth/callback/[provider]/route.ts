import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { endReplacedSession } from "@/lib/auth/end-session";
import { endProviderSignIn } from "@/lib/auth/provider-sign-in";

export const dynamic = "force-dynamic";

/** Where a provider sends people back with its answer; leads on to their page, or to the way in with a reason. */
export const GET = defineRoute({
  open: "whoever comes back from a provider has no session yet; the answer is tied to their browser",
  action: "session.sign-in",
  params: z.object({ provider: z.string() }),
  handle: async ({ server, actor, params, request }) => {
    await server.limits.open(actor.address);
    const response = await endProviderSignIn(server, { request, provider: params.provider, caller: actor });
    if (response.signedIn) await endReplacedSession(server, request.headers);
    return response.answer;
  },
});
