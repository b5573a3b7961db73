import type { Redis } from "ioredis";
import type { Logger } from "@/lib/logger";

/**
 * A Redis that evicts keys when it is full would drop doorbells at random.
 * @throws Error when `maxmemory-policy` is another than noeviction. Where CONFIG is forbidden, as on managed
 * services, it cannot be known; that is logged.
 */
export async function assertNoEviction(redis: Redis, logger: Logger): Promise<void> {
  let policy: string | undefined;
  try {
    const reply = (await redis.config("GET", "maxmemory-policy")) as string[];
    policy = reply[1];
  } catch (error) {
    logger.warn(
      { reason: error instanceof Error ? error.message : String(error) },
      "maxmemory-policy cannot be read",
    );
    return;
  }
  if (policy === "noeviction") return;
  throw new Error(
    `Redis evicts keys when it is full (maxmemory-policy ${policy}). Set it to noeviction, then start the worker again.`,
  );
}
