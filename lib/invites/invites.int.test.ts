import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setPassword } from "@/lib/auth/create-person";
import { createInviteRequestSchema } from "@/lib/contracts/access";
import { acceptInviteRequestSchema } from "@/lib/contracts/join";
import type { Role } from "@/lib/contracts/roles";
import { createDb, type Db } from "@/lib/db";
import { testActor } from "@/lib/testing/test-actor";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { acceptInvite } from "./accept-invite";
import { createInvite } from "./create-invite";
import { createPasswordLink } from "./create-password-link";
import { listInvites } from "./list-invites";
import { lookAtInvite } from "./look-at-invite";
import { revokeInvite } from "./revoke-invite";

const NOW = new Date("2026-11-22T12:00:00Z");
const after = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const from = { address: "203.0.113.9", userAgent: "Firefox" };
const password = "a long enough one";

let database: ConsoleDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "invites-test");
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});
beforeEach(async () => {
  await db.person.deleteMany();
  await db.invite.deleteMany();
  await database.emptyAudit();
});

async function invite(email = "bob@example.com", role: Role = "operator") {
  const request = createInviteRequestSchema.parse({ email, role });
  const { invite, path } = await createInvite({ db, actor: testActor("Ada"), request, now: () => NOW });
  return { ...invite, token: path.slice("/join#".length) };
}

function accept(token: string, name = "Bob", at = NOW) {
  const request = acceptInviteRequestSchema.parse({ token, name, password });
  return acceptInvite({ db, from, request, now: () => at });
}

const audit = () => db.auditEntry.findMany({ orderBy: { id: "asc" } });

describe("inviting", () => {
  it("keeps a hash alone, for seven days, and shows what is pending", async () => {
    const { token, id } = await invite("  Bob@Example.com ");
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await listInvites(db, NOW)).toEqual([
      {
        id,
        purpose: "join",
        email: "bob@example.com",
        role: "operator",
        invitedBy: "Ada",
        createdAt: NOW.toISOString(),
        expiresAt: after(7).toISOString(),
      },
    ]);
    const everything = JSON.stringify([await db.invite.findMany(), (await audit()).map((e) => e.params)]);
    expect(everything).not.toContain(token);
    expect(await audit()).toMatchObject([{ action: "invite.create", target: "bob@example.com" }]);
  });

  it("ends the earlier link of the same address", async () => {
    const first = await invite();
    const second = await invite();
    await expect(accept(first.token)).rejects.toMatchObject({ code: "conflict" });
    expect(await accept(second.token)).toMatchObject({ email: "bob@example.com" });
  });

  it("refuses who is there already", async () => {
    await accept((await invite()).token);
    await expect(invite("BOB@example.com")).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("joining", () => {
  it("makes the person with the invited role, who can sign in", async () => {
    const { token } = await invite();
    expect(await lookAtInvite(db, { token }, NOW)).toMatchObject({
      email: "bob@example.com",
      role: "operator",
    });
    const { personId: id } = await accept(token);
    expect(await db.person.findMany({ include: { accounts: true } })).toMatchObject([
      {
        id,
        name: "Bob",
        email: "bob@example.com",
        role: "operator",
        accounts: [{ providerId: "credential" }],
      },
    ]);
    expect(await listInvites(db, NOW)).toEqual([]);
    expect((await audit())[1]).toMatchObject({
      actor: "Bob",
      personId: id,
      address: "203.0.113.9",
      action: "invite.accept",
      params: { role: "operator", invitedBy: "Ada" },
    });
    expect(JSON.stringify((await audit()).map((e) => e.params))).not.toContain(password);
  });

  it("makes one person of many who use the link at once", async () => {
    const { token } = await invite();
    const results = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => accept(token, `Bob ${n}`)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    expect(await db.person.count()).toBe(1);
    expect((await audit()).map(({ action }) => action)).toEqual(["invite.create", "invite.accept"]);
  });

  it("refuses what has expired, was taken back, was used, or never was", async () => {
    const expired = await invite();
    await expect(accept(expired.token, "Bob", after(7))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("expired"),
    });
    await revokeInvite({ db, actor: testActor("Ada"), id: expired.id });
    for (const attempt of [
      () => accept(expired.token),
      () => lookAtInvite(db, { token: expired.token }, NOW),
    ])
      await expect(attempt()).rejects.toMatchObject({ message: expect.stringContaining("taken back") });
    const used = await invite("eve@example.com");
    await accept(used.token, "Eve");
    await expect(lookAtInvite(db, { token: used.token }, NOW)).rejects.toMatchObject({
      message: expect.stringContaining("used already"),
    });
    await expect(lookAtInvite(db, { token: "x".repeat(43) }, NOW)).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await db.person.count()).toBe(1);
  });

  it("leaves the invite unused when the address has an account meanwhile", async () => {
    const { token } = await invite();
    await db.person.create({ data: { name: "Bob", email: "bob@example.com" } });
    await expect(accept(token)).rejects.toMatchObject({ code: "conflict" });
    expect(await db.invite.findMany()).toMatchObject([{ acceptedAt: null }]);
  });
});

describe("taking an invite back", () => {
  it("is done once, and not to one that was used", async () => {
    const { id } = await invite();
    const ada = testActor("Ada");
    const both = await Promise.allSettled([
      revokeInvite({ db, actor: ada, id }),
      revokeInvite({ db, actor: ada, id }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const used = await invite();
    await accept(used.token);
    await expect(revokeInvite({ db, actor: ada, id: used.id })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("joined"),
    });
    await expect(revokeInvite({ db, actor: ada, id: "x" })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a link for a new password", () => {
  it("sets it once, ends the sessions, and changes nothing else", async () => {
    const { personId } = await accept((await invite()).token);
    const hash = () => db.account.findFirstOrThrow({ where: { userId: personId } }).then((a) => a.password);
    const before = await hash();
    await db.session.create({ data: { userId: personId, token: "t", expiresAt: after(1) } });
    const { path, invite: made } = await createPasswordLink({
      db,
      actor: testActor("Ada"),
      id: personId,
      now: () => NOW,
    });
    expect(made).toMatchObject({ purpose: "password", email: "bob@example.com" });
    expect(await db.session.count()).toBe(1);
    const token = path.slice("/join#".length);
    const request = acceptInviteRequestSchema.parse({ token, password: "another long one" });
    expect(await acceptInvite({ db, from, request, now: () => NOW })).toMatchObject({ personId });
    expect(await hash()).not.toBe(before);
    expect(await db.session.count()).toBe(0);
    expect(await db.person.findMany()).toMatchObject([{ id: personId, name: "Bob", role: "operator" }]);
    await expect(acceptInvite({ db, from, request, now: () => NOW })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("sets one password of many that use it at once", async () => {
    const { personId } = await accept((await invite()).token);
    const { path } = await createPasswordLink({ db, actor: testActor("Ada"), id: personId, now: () => NOW });
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, () => accept(path.slice("/join#".length))),
    );
    expect(results.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
    ]);
  });

  it("opens nothing any more once another password is set", async () => {
    const { personId } = await accept((await invite()).token);
    const { path } = await createPasswordLink({ db, actor: testActor("Ada"), id: personId, now: () => NOW });
    await setPassword(db, { personId, password: "set on the account page" });
    await expect(accept(path.slice("/join#".length))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("another password"),
    });
  });

  it("opens nothing for who is disabled, and is not made for them", async () => {
    const { personId } = await accept((await invite()).token);
    const make = () => createPasswordLink({ db, actor: testActor("Ada"), id: personId, now: () => NOW });
    const token = (await make()).path.slice("/join#".length);
    await db.person.update({ where: { id: personId }, data: { disabledAt: NOW } });
    await expect(accept(token)).rejects.toMatchObject({ code: "conflict" });
    await expect(make()).rejects.toMatchObject({ code: "conflict" });
  });

  it("is no way in without a name for who is to join", async () => {
    const { token } = await invite();
    const request = acceptInviteRequestSchema.parse({ token, password });
    await expect(acceptInvite({ db, from, request, now: () => NOW })).rejects.toMatchObject({
      code: "invalid-request",
    });
    expect(await db.person.count()).toBe(0);
  });
});
