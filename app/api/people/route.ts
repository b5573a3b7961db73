import { defineRoute } from "@/app/api/define-route";
import { listPeople } from "@/lib/people/list-people";

export const dynamic = "force-dynamic";

/** Who may sign in, with their sessions and tokens. */
export const GET = defineRoute({
  permission: "people",
  handle: async ({ server }) => ({ people: await listPeople(server.db, new Date()) }),
});
