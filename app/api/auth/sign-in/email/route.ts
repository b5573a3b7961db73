import { defineRoute } from "@/app/api/define-route";
import { endReplacedSession } from "@/lib/auth/end-session";
import { signInByPassword } from "@/lib/auth/sign-in";
import { signInRequestSchema } from "@/lib/contracts/auth";

export const dynamic = "force-dynamic";

/** Begins a session: its cookie is the answer. */
export const POST = defineRoute({
  open: "whoever signs in has no session yet",
  action: "session.sign-in",
  body: signInRequestSchema,
  handle: async ({ server, actor, body, request }) => {
    const takeBack = await server.limits.signIn(body.email, actor.address);
    const headers = await signInByPassword(server, { ...body, caller: actor });
    await takeBack();
    await endReplacedSession(server, request.headers);
    headers.set("cache-control", "no-store");
    return Response.json({ done: true }, { headers });
  },
});
