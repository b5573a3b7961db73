import { Redis } from "ioredis";
import type { Logger } from "@/lib/logger";
import { failFastWhileHung } from "./fail-fast-while-hung";

/**
 * A Redis connection. `producer` fails fast (a click must not hang on the doorbell); `worker` and
 * `subscriber` wait and reconnect for as long as it takes, as BullMQ demands of its workers.
 */
export function createRedis(url: string, role: "producer" | "worker" | "subscriber", logger: Logger): Redis {
  const redis = new Redis(url, {
    connectionName: `backcourt-${role}`,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 6), 3_000) * (0.5 + Math.random() / 2),
    ...(role === "producer"
      ? { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 300 }
      : { maxRetriesPerRequest: null }),
  });
  if (role === "producer") failFastWhileHung(redis);
  let down = false;
  redis.on("error", (error: Error) => {
    if (!down) logger.warn({ role, reason: error.message }, "redis is away");
    down = true;
  });
  redis.on("ready", () => {
    if (down) logger.info({ role }, "redis is back");
    down = false;
  });
  return redis;
}
