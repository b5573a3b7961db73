import { defineRoute } from "@/app/api/define-route";
import { getAccount } from "@/lib/people/get-account";

export const dynamic = "force-dynamic";

/** One's own account. */
export const GET = defineRoute({
  permission: "account",
  handle: ({ server, actor }) => getAccount(server.db, actor, new Date()),
});
