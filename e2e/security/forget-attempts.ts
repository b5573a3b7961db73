import { Redis } from "ioredis";
import { STACK } from "./send";

/** The limits of signing in are the same for all files of this suite: what one has used up is given back. */
export async function forgetAttempts(): Promise<void> {
  const redis = new Redis(STACK.redisUrl);
  const keys = await redis.keys("backcourt:limit:*");
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
}
