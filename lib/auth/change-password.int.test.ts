import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { createLogger } from "@/lib/logger";
import { createRedis } from "@/lib/redis/create-redis";
import { signedInPerson } from "@/lib/testing/signed-in";
import { testActor } from "@/lib/testing/test-actor";
import {
  type ConsoleDatabase,
  createConsoleDatabase,
  requireTestService,
} from "@/lib/testing/throwaway-database";
import { changePassword } from "./change-password";
import { createAuth } from "./create-auth";
import { setPassword } from "./create-person";
import { createLimits, type Limits, SIGN_IN_LIMITS } from "./limits";
import { signInByPassword } from "./sign-in";

const logger = createLogger("change-password-test", "fatal");
const SECRET = "a-secret-of-tests-that-guards-nothing";
const OLD = "the old password";
const NEW = "another password";

let database: ConsoleDatabase;
let db: Db;
let redis: Redis;
let limits: Limits;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "change-password-test");
  redis = createRedis(requireTestService("BACKCOURT_TEST_REDIS_URL"), "producer", logger);
  limits = createLimits({ redis, runsPerMinute: 10, secret: SECRET, prefix: `test:${randomUUID()}` });
});
afterAll(async () => {
  redis?.disconnect();
  await db?.$disconnect();
  await database?.drop();
});

async function personWithPassword() {
  const { personId } = await signedInPerson(db, "viewer");
  await setPassword(db, { personId, password: OLD });
  const expiresAt = new Date(Date.now() + 60_000);
  const [here, there] = await Promise.all(
    ["here", "there"].map((place) =>
      db.session.create({ data: { userId: personId, token: `${place} ${personId}`, expiresAt } }),
    ),
  );
  const { email } = await db.person.findUniqueOrThrow({ where: { id: personId } });
  return { actor: { ...testActor(), personId, sessionId: here?.id ?? "" }, here, there, email };
}

function signIn(email: string, password: string) {
  const publicUrl = "http://127.0.0.1:3000";
  const providers = { github: null, oidc: null, allowed: { emails: [], domains: [] } };
  const auth = createAuth({ db, logger, publicUrl, providers, secret: "x".repeat(32) });
  return signInByPassword({ db, auth }, { email, password, caller: { address: null, userAgent: null } });
}

describe("another password", () => {
  it("takes the old one's place, and ends every session but the one that asks", async () => {
    const { actor, email, here } = await personWithPassword();
    await changePassword({ db, limits }, { actor, request: { current: OLD, next: NEW } });
    const left = await db.session.findMany({ where: { userId: actor.personId } });
    expect(left.map(({ id }) => id)).toEqual([here?.id]);
    await expect(signIn(email, OLD)).rejects.toMatchObject({ code: "unauthenticated" });
    expect((await signIn(email, NEW)).getSetCookie()[0]).toContain("backcourt.session=");
    const entries = await db.auditEntry.findMany({ where: { action: "password.change" } });
    expect(entries).toHaveLength(1);
    expect(JSON.stringify(entries[0]?.params)).not.toContain("password");
  });

  it("wants the present one, and cannot be tried for without end", async () => {
    const { actor } = await personWithPassword();
    const guess = () => changePassword({ db, limits }, { actor, request: { current: "a guess", next: NEW } });
    for (let attempt = 0; attempt < SIGN_IN_LIMITS.pair; attempt += 1)
      await expect(guess()).rejects.toMatchObject({ code: "invalid-request" });
    await expect(guess()).rejects.toMatchObject({ code: "too-many" });
    expect(await db.session.count({ where: { userId: actor.personId } })).toBe(2);
  });

  it("is nothing for who has none here", async () => {
    const { personId } = await signedInPerson(db, "viewer");
    const actor = { ...testActor(), personId };
    await expect(
      changePassword({ db, limits }, { actor, request: { current: OLD, next: NEW } }),
    ).rejects.toMatchObject({ code: "conflict" });
  });
});
