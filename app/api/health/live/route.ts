import { defineRoute } from "@/app/api/define-route";
import { getServer } from "@/app/api/server";
import { getHealth } from "@/lib/health/get-health";
import { singleFlight } from "@/lib/single-flight";

export const dynamic = "force-dynamic";

/** Callers at once share one look: nobody without a session can make the parts be asked more often. */
const look = singleFlight(() => getHealth(getServer().health));

/** Whether every part is up, for monitors: the names of those that are not, and no word more. */
export const GET = defineRoute({
  open: "a monitor has no session, and learns nothing but which parts are down",
  handle: async () => {
    const { ok, parts } = await look(undefined);
    const down = parts.filter((part) => !part.up).map((part) => part.name);
    return Response.json({ ok, down }, { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } });
  },
});
