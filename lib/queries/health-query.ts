import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { HEALTH_PARTS, type Health, healthSchema } from "@/lib/contracts/health";
import { fetchJson, RequestError } from "./fetch-json";

/** Whether web, worker, Redis, console database and warehouse are up. The answer is 200 even when one is not. */
export function healthQuery() {
  return queryOptions({
    queryKey: ["health"],
    queryFn: async ({ signal }) => {
      try {
        return await fetchJson("/api/health?view=page", healthSchema, { signal });
      } catch (error) {
        if (!(error instanceof RequestError) || error.code !== "database-unavailable") throw error;
        return readLiveness(signal);
      }
    },
    refetchInterval: 10_000,
  });
}

const livenessSchema = z.object({ down: z.array(z.enum(HEALTH_PARTS)) });

/** What can be said without a session, which is in the database that is away: the parts that are down, by name. */
async function readLiveness(signal: AbortSignal): Promise<Health> {
  const response = await fetch("/api/health/live", { signal });
  return healthOf(livenessSchema.parse(await response.json()).down, new Date());
}

/** The parts as they stand by the names of those that are down. */
export function healthOf(down: readonly Health["parts"][number]["name"][], checkedAt: Date): Health {
  return {
    ok: down.length === 0,
    checkedAt: checkedAt.toISOString(),
    parts: HEALTH_PARTS.map((name) => ({
      name,
      up: !down.includes(name),
      text: down.includes(name) ? (DOWN_TEXT[name] ?? "does not answer") : "answers",
      lastSeenAt: null,
      tookMs: null,
    })),
  };
}

const DOWN_TEXT: Partial<Record<Health["parts"][number]["name"], string>> = {
  database:
    "The console database does not answer: nothing can be ordered, and runs under way are recorded when it is back. Check DATABASE_URL.",
  worker: "Whether one is running is not known while the console database is away.",
};
