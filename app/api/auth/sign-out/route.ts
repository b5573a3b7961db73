import { z } from "zod";
import { defineRoute } from "@/app/api/define-route";
import { endSession } from "@/lib/auth/end-session";

export const dynamic = "force-dynamic";

/** Ends the session that asks, its streams in other tabs included. */
export const POST = defineRoute({
  action: "session.sign-out",
  body: z.strictObject({}),
  handle: async ({ server, actor }) => {
    await endSession(server, actor);
    return Response.json({ done: true }, { headers: { "cache-control": "no-store" } });
  },
});
