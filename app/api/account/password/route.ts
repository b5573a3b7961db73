import { defineRoute } from "@/app/api/define-route";
import { changePassword } from "@/lib/auth/change-password";
import { changePasswordRequestSchema } from "@/lib/contracts/account";

export const dynamic = "force-dynamic";

/** Sets another password of one's own; every other session ends, and its streams with it. */
export const POST = defineRoute({
  action: "password.change",
  body: changePasswordRequestSchema,
  handle: async ({ server, actor, body }) => {
    await changePassword(server, { actor, request: body });
    if (actor.personId) await server.announce({ type: "person", personId: actor.personId });
    return { done: true };
  },
});
