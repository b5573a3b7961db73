import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLogger } from "@/lib/logger";
import { createRedis } from "@/lib/redis/create-redis";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { createLimits, type Limits, SIGN_IN_LIMITS } from "./limits";

const logger = createLogger("limits-test", "fatal");
const SECRET = "a-secret-of-tests-that-guards-nothing";
let redis: Redis;

beforeAll(async () => {
  redis = createRedis(requireTestService("BACKCOURT_TEST_REDIS_URL"), "producer", logger);
  await new Promise((resolve) => redis.once("ready", resolve));
});
afterAll(() => {
  redis?.disconnect();
});

const limitsOn = (connection: Redis, runsPerMinute = 10) =>
  createLimits({ redis: connection, secret: SECRET, runsPerMinute, prefix: `test:${randomUUID()}` });

/** How many attempts pass before the first that is refused. */
async function passing(limits: Limits, attempt: (index: number) => Promise<unknown>): Promise<number> {
  for (let index = 0; ; index += 1) {
    try {
      await attempt(index);
    } catch (error) {
      expect(error).toMatchObject({ code: "too-many" });
      expect((error as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(0);
      return index;
    }
    if (index > 500) throw new Error(`Nothing refuses: ${String(limits)}`);
  }
}

describe("attempts to sign in", () => {
  it("are few from one address to one account, and another address has its own", async () => {
    const limits = limitsOn(redis);
    expect(await passing(limits, () => limits.signIn("a@x.example", "10.0.0.1"))).toBe(SIGN_IN_LIMITS.pair);
    await limits.signIn("a@x.example", "10.0.0.2");
  });

  it("are bounded for an account, wherever they come from", async () => {
    const limits = limitsOn(redis);
    const spread = await passing(limits, (index) => limits.signIn("a@x.example", `10.0.${index}.1`));
    expect(spread).toBe(SIGN_IN_LIMITS.account);
  });

  it("are bounded for an address, whomever they name: a spraying of one password", async () => {
    const limits = limitsOn(redis);
    const sprayed = await passing(limits, (index) => limits.signIn(`${index}@x.example`, "10.0.0.1"));
    expect(sprayed).toBe(SIGN_IN_LIMITS.address);
    await expect(limits.open("10.0.0.1")).rejects.toMatchObject({ code: "too-many" });
  });

  it("do not count when they were right", async () => {
    const limits = limitsOn(redis);
    for (let index = 0; index < SIGN_IN_LIMITS.address + 20; index += 1) {
      const takeBack = await limits.signIn("a@x.example", "10.0.0.1");
      await takeBack();
    }
  });

  it("are counted by all processes together", async () => {
    const prefix = `test:${randomUUID()}`;
    const processes = [1, 2].map(() => createLimits({ redis, runsPerMinute: 10, secret: SECRET, prefix }));
    const [first] = processes as [Limits];
    const spread = await passing(first, (index) =>
      (processes[index % 2] as Limits).signIn("a@x.example", null),
    );
    expect(spread).toBe(SIGN_IN_LIMITS.pair);
  });

  it("are counted while Redis is away, too", async () => {
    const away = createRedis("redis://127.0.0.1:1", "producer", logger);
    const limits = limitsOn(away);
    expect(await passing(limits, () => limits.signIn("a@x.example", "10.0.0.1"))).toBe(SIGN_IN_LIMITS.pair);
    away.disconnect();
  });

  it("leave no address behind in Redis that could be read", async () => {
    const prefix = `test:${randomUUID()}`;
    await createLimits({ redis, runsPerMinute: 10, secret: SECRET, prefix }).signIn(
      "ann@team.example",
      "10.9.8.7",
    );
    const keys = await redis.keys(`${prefix}*`);
    expect(keys.length).toBe(3);
    expect(keys.join()).not.toMatch(/ann|team|10\.9/);
    for (const key of keys) expect(await redis.ttl(key)).toBeGreaterThan(0);
  });
});

describe("two installations that share a Redis", () => {
  it("count apart", async () => {
    const prefix = `test:${randomUUID()}`;
    const [ours, theirs] = ["ours", "theirs"].map((secret) =>
      createLimits({ redis, secret, runsPerMinute: 10, prefix }),
    ) as [Limits, Limits];
    await passing(ours, () => ours.signIn("a@x.example", "10.0.0.1"));
    await theirs.signIn("a@x.example", "10.0.0.1");
  });
});

describe("runs", () => {
  it("are bounded by the minute for each person, by their number and not by their orders'", async () => {
    const limits = limitsOn(redis, 10);
    await limits.runs("ann", 8);
    await expect(limits.runs("ann", 3)).rejects.toThrow("More than 10 runs in a minute");
    await limits.runs("bob", 10);
  });
});
