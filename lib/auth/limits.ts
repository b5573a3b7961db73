import { createHmac } from "node:crypto";
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";
import { networkOf } from "./client-address";

const QUARTER_HOUR = 900;
const MINUTE = 60;

/**
 * Attempts to sign in, within a quarter of an hour. From one address to one account few are enough for a
 * person; the account as a whole bears more, so that somebody elsewhere cannot lock its owner out at once.
 */
export const SIGN_IN_LIMITS = { pair: 10, account: 50, address: 100 } as const;

export type LimitOptions = {
  redis: Redis;
  /** Of this installation: two that share a Redis count apart, and nobody finds out whom a key stands for. */
  secret: string;
  runsPerMinute: number;
  /** Tests that share a Redis keep apart by it. */
  prefix?: string;
};

export type Limits = {
  /**
   * Takes an attempt to sign in as `email` from `address`. What it gives takes the attempt back: call it when
   * the password was right. @throws AppError `too-many`
   */
  signIn(email: string, address: string | null): Promise<() => Promise<void>>;
  /** Takes one try of anything that nobody has signed in for, such as an invite. @throws AppError `too-many` */
  open(address: string | null): Promise<void>;
  /** Takes `count` runs of a person's minute. @throws AppError `too-many` */
  runs(personId: string, count: number): Promise<void>;
};

/**
 * Counts in Redis, for all web processes together; while Redis is away each process counts for itself. Keys
 * are hashes: nobody reads from Redis who tries to sign in.
 */
export function createLimits({
  redis,
  secret,
  runsPerMinute,
  prefix = "backcourt:limit",
}: LimitOptions): Limits {
  const hash = (text: string) => createHmac("sha256", secret).update(text).digest("base64url").slice(0, 27);
  const limiter = (name: string, points: number, duration: number) =>
    new RateLimiterRedis({
      storeClient: redis,
      rejectIfRedisNotReady: true,
      keyPrefix: `${prefix}:${name}`,
      points,
      duration,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: `${prefix}:${name}`, points, duration }),
    });
  const pair = limiter("pair", SIGN_IN_LIMITS.pair, QUARTER_HOUR);
  const account = limiter("account", SIGN_IN_LIMITS.account, QUARTER_HOUR);
  const byAddress = limiter("address", SIGN_IN_LIMITS.address, QUARTER_HOUR);
  const runs = limiter("runs", runsPerMinute, MINUTE);

  const take = async (
    from: RateLimiterRedis,
    key: string,
    points: number,
    refuse: (wait: string) => string,
  ) => {
    try {
      await from.consume(key, points);
    } catch (rejected) {
      if (!(rejected instanceof RateLimiterRes)) throw rejected;
      const seconds = Math.max(1, Math.ceil(rejected.msBeforeNext / 1_000));
      throw new AppError("too-many", refuse(waitText(seconds)), { retryAfterSeconds: seconds });
    }
  };
  const placeOf = (address: string | null) => (address === null ? "unknown" : networkOf(address));
  const attempts = (wait: string) => `Too many attempts to sign in. Try again ${wait}.`;

  return {
    async signIn(email, address) {
      const place = placeOf(address);
      const keys = { pair: hash(`${email} ${place}`), account: hash(email), address: hash(place) };
      await take(byAddress, keys.address, 1, attempts);
      await take(pair, keys.pair, 1, attempts);
      await take(account, keys.account, 1, attempts);
      return async () => {
        await Promise.all([
          pair.delete(keys.pair),
          account.reward(keys.account),
          byAddress.reward(keys.address),
        ]);
      };
    },
    open: (address) =>
      take(byAddress, hash(placeOf(address)), 1, (wait) => `Too many tries. Try again ${wait}.`),
    runs: (personId, count) =>
      take(
        runs,
        hash(personId),
        count,
        (wait) => `More than ${runsPerMinute} runs in a minute were ordered for you. Order the rest ${wait}.`,
      ),
  };
}

/** `in 40 s`, `in 12 minutes` */
function waitText(seconds: number): string {
  return seconds < 90 ? `in ${seconds} s` : `in ${Math.ceil(seconds / 60)} minutes`;
}
