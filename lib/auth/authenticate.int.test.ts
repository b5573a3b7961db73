import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "@/lib/contracts/roles";
import { createDb, type Db } from "@/lib/db";
import { cookieOf, signedInPerson, TEST_AUTH_SECRET } from "@/lib/testing/signed-in";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { authenticate, hashToken } from "./authenticate";
import { requesterRefusal } from "./requester-standing";
import { sessionCookieName } from "./session-cookie";

const PUBLIC_URL = "http://127.0.0.1:3000";
const DAY_MS = 86_400_000;

let database: ConsoleDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "authenticate-test");
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});

const options = () => ({
  db,
  secret: TEST_AUTH_SECRET,
  cookieName: sessionCookieName(PUBLIC_URL),
  trustedProxies: [],
});
const byCookie = (cookie: string) => authenticate(options(), new Headers({ cookie }));
const byToken = (token: string, cookie = "") =>
  authenticate(options(), new Headers({ authorization: `Bearer ${token}`, cookie }));
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

async function tokenOf(
  personId: string,
  role: Role,
  changes: object = {},
): Promise<{ id: string; token: string }> {
  const token = `bc_${randomBytes(32).toString("base64url")}`;
  const id = uuidv7();
  await db.apiToken.create({
    data: {
      id,
      personId,
      name: "script",
      role,
      tokenHash: hashToken(token),
      prefix: token.slice(0, 7),
      expiresAt: ago(-1),
      ...changes,
    },
  });
  return { id, token };
}

describe("a session's cookie", () => {
  it("says who calls, with what their role may do now", async () => {
    const { cookie, personId, sessionId } = await signedInPerson(db, "operator");
    const actor = await byCookie(cookie);
    expect(actor).toMatchObject({ personId, sessionId, tokenId: null, role: "operator", address: null });
    expect([...actor.permissions].sort()).toEqual(["account", "look", "run", "waive"]);
    await db.person.update({ where: { id: personId }, data: { role: "viewer" } });
    expect((await byCookie(cookie)).permissions.has("run")).toBe(false);
  });

  it("notes its use, at most once a minute, and begins the idle time anew", async () => {
    const { cookie, personId, sessionId } = await signedInPerson(db, "viewer");
    await db.session.update({ where: { id: sessionId }, data: { expiresAt: ago(-1), createdAt: ago(10) } });
    await byCookie(cookie);
    const first = await db.person.findUniqueOrThrow({ where: { id: personId } });
    const session = await db.session.findUniqueOrThrow({ where: { id: sessionId } });
    expect(first.lastSeenAt).not.toBeNull();
    expect(session.expiresAt.getTime()).toBeGreaterThan(ago(-6.9).getTime());
    await byCookie(cookie);
    const second = await db.person.findUniqueOrThrow({ where: { id: personId } });
    expect(second.lastSeenAt).toEqual(first.lastSeenAt);
  });

  it("is not lengthened past the time that a session may last at all", async () => {
    const { cookie, sessionId } = await signedInPerson(db, "viewer");
    await db.session.update({ where: { id: sessionId }, data: { createdAt: ago(29) } });
    await byCookie(cookie);
    const { expiresAt } = await db.session.findUniqueOrThrow({ where: { id: sessionId } });
    expect(expiresAt.getTime()).toBeLessThan(ago(-1.01).getTime());
  });

  it.each([
    ["idle for too long", { expiresAt: new Date(Date.now() - 1_000) }],
    ["older than a session may be", { createdAt: ago(30.1) }],
  ])("is refused when it is %s", async (_, changes) => {
    const { cookie, sessionId } = await signedInPerson(db, "viewer");
    await db.session.update({ where: { id: sessionId }, data: changes });
    await expect(byCookie(cookie)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("is refused once its person is disabled, or it was ended", async () => {
    const { cookie, personId, sessionId } = await signedInPerson(db, "admin");
    await db.person.update({ where: { id: personId }, data: { disabledAt: new Date() } });
    await expect(byCookie(cookie)).rejects.toMatchObject({ code: "unauthenticated" });
    await db.person.update({ where: { id: personId }, data: { disabledAt: null } });
    await expect(byCookie(cookie)).resolves.toMatchObject({ personId });
    await db.session.delete({ where: { id: sessionId } });
    await expect(byCookie(cookie)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("is refused when somebody without the secret has made it of what the database holds", async () => {
    const { sessionId } = await signedInPerson(db, "admin");
    const { token } = await db.session.findUniqueOrThrow({ where: { id: sessionId } });
    const forged = cookieOf(token, PUBLIC_URL, "a-guessed-secret-of-thirty-two-chars");
    await expect(byCookie(forged)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(byCookie(`${sessionCookieName(PUBLIC_URL)}=${token}`)).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });
});

describe("a token", () => {
  it.each([
    ["viewer", "admin", ["look"]],
    ["admin", "operator", ["look", "run", "waive"]],
    ["admin", "admin", ["audit", "look", "run", "waive"]],
  ] as const)(
    "of role %s for %s may what both may, and nothing of the account or of people",
    async (role, personRole, may) => {
      const { personId } = await signedInPerson(db, personRole);
      const { token, id } = await tokenOf(personId, role);
      const actor = await byToken(token);
      expect(actor).toMatchObject({ personId, tokenId: id, sessionId: null });
      expect(actor.name).toContain("token script");
      expect([...actor.permissions].sort()).toEqual(may);
      expect((await db.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt).not.toBeNull();
    },
  );

  it.each([
    ["expired", { expiresAt: ago(0.01) }],
    ["revoked", { revokedAt: new Date() }],
  ])("is refused when it is %s, whoever's session comes with it", async (_, changes) => {
    const { personId, cookie } = await signedInPerson(db, "admin");
    const { token } = await tokenOf(personId, "admin", changes);
    await expect(byToken(token, cookie)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("is refused while its person is disabled, or when it is none", async () => {
    const { personId } = await signedInPerson(db, "admin");
    const { token } = await tokenOf(personId, "admin");
    await db.person.update({ where: { id: personId }, data: { disabledAt: new Date() } });
    await expect(byToken(token)).rejects.toMatchObject({ code: "unauthenticated" });
    for (const none of ["", "bc_", "bc_x'; select 1", `${token}x`])
      await expect(byToken(none)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});

describe("who ordered a run is asked for again before it starts", () => {
  const runOf = (requestedById: string | null, requestedByToken: string | null = null) => ({
    requestedById,
    requestedByToken,
    requestedBy: "Oskar",
  });

  it("and may still run, or was nobody that could be asked for", async () => {
    const { personId } = await signedInPerson(db, "operator");
    const { id } = await tokenOf(personId, "operator");
    expect(await requesterRefusal(db, runOf(personId))).toBeNull();
    expect(await requesterRefusal(db, runOf(personId, id))).toBeNull();
    expect(await requesterRefusal(db, runOf(null))).toBeNull();
  });

  it.each([
    ["disabled", { disabledAt: new Date() }, "has been disabled"],
    ["a viewer now", { role: "viewer" as const }, "may not run anything now"],
  ])("and is %s", async (_, changes, words) => {
    const { personId } = await signedInPerson(db, "operator");
    await db.person.update({ where: { id: personId }, data: changes });
    expect(await requesterRefusal(db, runOf(personId))).toContain(words);
  });

  it("and their token was revoked, is a viewer's, or is somebody else's", async () => {
    const { personId } = await signedInPerson(db, "operator");
    const other = await signedInPerson(db, "operator");
    const revoked = await tokenOf(personId, "operator", { revokedAt: new Date() });
    const looking = await tokenOf(personId, "viewer");
    const foreign = await tokenOf(other.personId, "operator");
    expect(await requesterRefusal(db, runOf(personId, revoked.id))).toContain("the token script has expired");
    expect(await requesterRefusal(db, runOf(personId, looking.id))).toContain("may not run anything now");
    expect(await requesterRefusal(db, runOf(personId, foreign.id))).toContain("expired or was revoked");
  });

  it("and has no account any more", async () => {
    expect(await requesterRefusal(db, runOf(uuidv7()))).toContain("no account any more");
  });
});

describe("a database that hangs", () => {
  it("is not waited for", async () => {
    const { cookie, sessionId } = await signedInPerson(db, "viewer");
    await db.$transaction(
      async (transaction) => {
        // Whoever looks the session up now waits for as long as this transaction lasts.
        await transaction.$executeRaw`lock table backcourt.session in access exclusive mode`;
        await expect(byCookie(cookie)).rejects.toMatchObject({ code: "database-unavailable" });
      },
      { timeout: 30_000 },
    );
    expect(await byCookie(cookie)).toMatchObject({ sessionId });
  });
});
