import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authenticate } from "@/lib/auth/authenticate";
import type { Actor } from "@/lib/auth/permissions";
import { createTokenRequestSchema, MAX_TOKENS } from "@/lib/contracts/account";
import { ROLE_PERMISSIONS, type Role } from "@/lib/contracts/roles";
import { createDb, type Db } from "@/lib/db";
import { changeRole } from "@/lib/people/change-role";
import { disablePerson } from "@/lib/people/disable-person";
import { enablePerson } from "@/lib/people/enable-person";
import { getAccount } from "@/lib/people/get-account";
import { testActor } from "@/lib/testing/test-actor";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { createToken } from "./create-token";
import { revokeToken } from "./revoke-token";

const DAY = 86_400_000;
const admin = testActor("Ada");

let database: ConsoleDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "tokens-test");
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});
beforeEach(async () => {
  await db.person.deleteMany();
  await database.emptyAudit();
});

async function person(role: Role): Promise<Actor & { personId: string }> {
  const personId = uuidv7();
  await db.person.create({ data: { id: personId, name: "Bob", email: `${personId}@example.com`, role } });
  return {
    ...testActor("Bob", role),
    personId,
    sessionId: uuidv7(),
    permissions: ROLE_PERMISSIONS[role],
  };
}

function make(actor: Actor, role: Role, days?: number, now = new Date()) {
  const request = createTokenRequestSchema.parse({ name: "slack", role, ...(days && { days }) });
  return createToken({ db, actor, request, now: () => now });
}

/** Who calls with this token, as every route finds it out. */
function callWith(secret: string) {
  const options = { db, secret: "unused", cookieName: "unused", trustedProxies: [] };
  return authenticate(options, new Headers({ authorization: `Bearer ${secret}` }));
}

describe("making a token", () => {
  it("shows the secret once and keeps its hash", async () => {
    const bob = await person("operator");
    const { secret, token } = await make(bob, "viewer");
    expect(secret).toMatch(/^bc_[A-Za-z0-9_-]{43}$/);
    expect(secret.startsWith(token.prefix)).toBe(true);
    expect(token.prefix).toHaveLength(8);
    expect(Date.parse(token.expiresAt) - Date.parse(token.createdAt)).toBe(90 * DAY);
    const kept = JSON.stringify([
      await db.apiToken.findMany(),
      (await db.auditEntry.findMany()).map(({ params }) => params),
      await getAccount(db, bob, new Date()),
    ]);
    expect(kept).not.toContain(secret);
    expect(await callWith(secret)).toMatchObject({
      personId: bob.personId,
      tokenId: token.id,
      role: "viewer",
    });
  });

  it("gives at most one's own role", async () => {
    const cases: [own: Role, wanted: Role, allowed: boolean][] = [
      ["viewer", "viewer", true],
      ["viewer", "operator", false],
      ["operator", "operator", true],
      ["operator", "admin", false],
      ["admin", "admin", true],
    ];
    for (const [own, wanted, allowed] of cases) {
      const made = make(await person(own), wanted);
      if (allowed) await expect(made, `${own} ${wanted}`).resolves.toBeDefined();
      else await expect(made, `${own} ${wanted}`).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  it("is not a token's to do, and has a limit", async () => {
    const bob = await person("viewer");
    await expect(make({ ...bob, sessionId: null, tokenId: uuidv7() }, "viewer")).rejects.toMatchObject({
      code: "forbidden",
    });
    await db.apiToken.createMany({
      data: Array.from({ length: MAX_TOKENS }, (_, n) => ({
        personId: bob.personId,
        name: `${n}`,
        role: "viewer" as const,
        tokenHash: uuidv7(),
        prefix: "bc_12345",
        expiresAt: new Date(Date.now() + DAY),
      })),
    });
    await expect(make(bob, "viewer")).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a token in use", () => {
  it("may what its person may now, never more than it was made for", async () => {
    const bob = await person("operator");
    const { secret } = await make(bob, "operator");
    await changeRole({ db, actor: admin, id: bob.personId, role: "viewer" });
    expect(await callWith(secret)).toMatchObject({ role: "viewer" });
    await changeRole({ db, actor: admin, id: bob.personId, role: "admin" });
    expect(await callWith(secret)).toMatchObject({ role: "operator" });
  });

  it("is useless while its person is disabled", async () => {
    const bob = await person("operator");
    const { secret } = await make(bob, "operator");
    await disablePerson({ db, actor: admin, id: bob.personId, reason: "away" });
    await expect(callWith(secret)).rejects.toMatchObject({ code: "unauthenticated" });
    await enablePerson({ db, actor: admin, id: bob.personId });
    expect(await callWith(secret)).toMatchObject({ role: "operator" });
  });

  it("is useless once it has expired", async () => {
    const bob = await person("viewer");
    const { secret } = await make(bob, "viewer", 7, new Date(Date.now() - 7 * DAY));
    await expect(callWith(secret)).rejects.toMatchObject({ code: "unauthenticated" });
    expect((await getAccount(db, bob, new Date())).tokens).toEqual([]);
  });
});

describe("revoking", () => {
  it("is for good, by its person or an admin, once", async () => {
    const bob = await person("operator");
    const [own, other] = [await make(bob, "operator"), await make(bob, "viewer")];
    await revokeToken({ db, actor: bob, id: own.token.id });
    await revokeToken({ db, actor: admin, id: other.token.id });
    for (const { secret } of [own, other])
      await expect(callWith(secret)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(revokeToken({ db, actor: bob, id: own.token.id })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("does not tell of tokens that are somebody else's", async () => {
    const [bob, eve] = [await person("operator"), await person("operator")];
    const { token, secret } = await make(bob, "operator");
    for (const id of [token.id, uuidv7(), "x"])
      await expect(revokeToken({ db, actor: eve, id })).rejects.toMatchObject({ code: "not-found" });
    expect(await callWith(secret)).toBeDefined();
  });
});
