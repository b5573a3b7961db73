import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/permissions";
import { ROLE_PERMISSIONS, type Role } from "@/lib/contracts/roles";
import { createDb, type Db } from "@/lib/db";
import { createInvite } from "@/lib/invites/create-invite";
import { createPasswordLink } from "@/lib/invites/create-password-link";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { changeRole } from "./change-role";
import { disablePerson } from "./disable-person";
import { enablePerson } from "./enable-person";
import { endOwnSessions, endPersonSessions } from "./end-sessions";
import { getAccount } from "./get-account";
import { listPeople } from "./list-people";

const NOBODY = "018f0000-0000-7000-8000-000000000000";
const HOUR = 3_600_000;

let database: ConsoleDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "people-test");
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});
beforeEach(async () => {
  await db.invite.deleteMany();
  await db.person.deleteMany();
  await database.emptyAudit();
});

async function person(name: string, role: Role): Promise<Actor> {
  const id = uuidv7();
  await db.person.create({ data: { id, name, email: `${name.toLowerCase()}@example.com`, role } });
  const sessionId = await session(id);
  return {
    name,
    personId: id,
    tokenId: null,
    sessionId,
    role,
    permissions: ROLE_PERMISSIONS[role],
    address: "203.0.113.7",
    userAgent: "test",
  };
}

async function session(userId: string, endsIn = HOUR): Promise<string> {
  const { id } = await db.session.create({
    data: { userId, token: uuidv7(), expiresAt: new Date(Date.now() + endsIn), ipAddress: "203.0.113.7" },
  });
  return id;
}

const idOf = (actor: Actor) => actor.personId ?? "";
const roles = async () =>
  Object.fromEntries((await db.person.findMany()).map(({ name, role }) => [name, role]));
const audit = () => db.auditEntry.findMany({ orderBy: { id: "asc" } });

describe("who is an admin no more", () => {
  const ways = {
    disabled: (actor: Actor, id: string) => disablePerson({ db, actor, id, reason: "left" }),
    demoted: (actor: Actor, id: string) => changeRole({ db, actor, id, role: "viewer" }),
  };

  it.each(["disabled", "demoted"] as const)("and %s leaves no way in behind", async (way) => {
    const ada = await person("Ada", "admin");
    const [bob, eve] = [await person("Bob", "viewer"), await person("Eve", "admin")];
    const request = { email: "eve2@example.com", role: "admin" as const };
    await createInvite({ db, actor: eve, request });
    await createPasswordLink({ db, actor: eve, id: idOf(bob) });
    await createPasswordLink({ db, actor: ada, id: idOf(eve) });
    await createInvite({ db, actor: ada, request: { email: "carol@example.com", role: "viewer" } });
    await ways[way](ada, idOf(eve));
    const left = await db.invite.findMany({ where: { revokedAt: null } });
    expect(left.map(({ email }) => email)).toEqual(["carol@example.com"]);
    expect((await audit()).at(-1)?.params).toMatchObject({ revokedLinks: 3 });
    await expect(createInvite({ db, actor: eve, request })).rejects.toMatchObject({ code: "forbidden" });
    await expect(createPasswordLink({ db, actor: eve, id: idOf(bob) })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("changing a role", () => {
  it("holds at once and is in the audit with what it was before", async () => {
    const [ada, bob] = [await person("Ada", "admin"), await person("Bob", "viewer")];
    expect(await changeRole({ db, actor: ada, id: idOf(bob), role: "operator" })).toEqual({
      id: idOf(bob),
      role: "operator",
      isDisabled: false,
      endedSessions: 0,
    });
    expect(await roles()).toEqual({ Ada: "admin", Bob: "operator" });
    expect(await audit()).toMatchObject([
      {
        actor: "Ada",
        personId: idOf(ada),
        address: "203.0.113.7",
        action: "person.change-role",
        target: "Bob (bob@example.com)",
        params: { from: "viewer", to: "operator" },
        result: "accepted",
      },
    ]);
  });

  it("leaves the last admin one, whoever asks", async () => {
    const ada = await person("Ada", "admin");
    const bob = await person("Bob", "admin");
    await disablePerson({ db, actor: ada, id: idOf(bob), reason: "left" });
    await expect(changeRole({ db, actor: ada, id: idOf(ada), role: "viewer" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("only admin"),
    });
    expect(await roles()).toMatchObject({ Ada: "admin" });
    await enablePerson({ db, actor: ada, id: idOf(bob) });
    await changeRole({ db, actor: ada, id: idOf(ada), role: "viewer" });
    expect(await roles()).toEqual({ Ada: "viewer", Bob: "admin" });
  });

  it("lets one admin stay when two demote each other at the same moment", async () => {
    for (let round = 0; round < 15; round++) {
      await db.person.deleteMany();
      const [ada, bob] = [await person("Ada", "admin"), await person("Bob", "admin")];
      const results = await Promise.allSettled([
        changeRole({ db, actor: ada, id: idOf(bob), role: "viewer" }),
        changeRole({ db, actor: bob, id: idOf(ada), role: "operator" }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(Object.values(await roles()).filter((role) => role === "admin")).toHaveLength(1);
    }
  });

  it("lets one admin stay when five disable and demote each other in a ring", async () => {
    const admins: Actor[] = [];
    for (const name of ["A", "B", "C", "D", "E"]) admins.push(await person(name, "admin"));
    const next = (n: number) => idOf(admins[(n + 1) % admins.length] as Actor);
    await Promise.allSettled(
      admins.map((actor, n) =>
        n % 2 === 0
          ? disablePerson({ db, actor, id: next(n), reason: "race" })
          : changeRole({ db, actor, id: next(n), role: "viewer" }),
      ),
    );
    const left = await db.person.count({ where: { role: "admin", disabledAt: null } });
    expect(left).toBeGreaterThan(0);
    // Whoever was taken away could take nobody away afterwards.
    expect(await db.auditEntry.count()).toBe(admins.length - left);
  });

  it("is refused to who was an admin a moment ago", async () => {
    const [ada, bob, eve] = [
      await person("Ada", "admin"),
      await person("Bob", "admin"),
      await person("Eve", "viewer"),
    ];
    await changeRole({ db, actor: ada, id: idOf(bob), role: "viewer" });
    await expect(changeRole({ db, actor: bob, id: idOf(eve), role: "admin" })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await roles()).toMatchObject({ Eve: "viewer" });
  });

  it("knows who never was", async () => {
    const ada = await person("Ada", "admin");
    for (const id of [NOBODY, "1' or 1=1", ""])
      await expect(changeRole({ db, actor: ada, id, role: "viewer" })).rejects.toMatchObject({
        code: "not-found",
      });
    expect(await audit()).toEqual([]);
  });
});

describe("disabling", () => {
  it("ends the sessions and keeps who, when and why; tokens stay for the day they are enabled again", async () => {
    const [ada, bob] = [await person("Ada", "admin"), await person("Bob", "operator")];
    await session(idOf(bob));
    await db.apiToken.create({
      data: {
        personId: idOf(bob),
        name: "slack",
        role: "operator",
        tokenHash: "h",
        prefix: "bc_12345",
        expiresAt: new Date(Date.now() + HOUR),
      },
    });
    expect(await disablePerson({ db, actor: ada, id: idOf(bob), reason: "lost laptop" })).toMatchObject({
      isDisabled: true,
      endedSessions: 2,
    });
    const [, shown] = await listPeople(db, new Date());
    expect(shown).toMatchObject({
      name: "Bob",
      disabled: { by: "Ada", reason: "lost laptop" },
      sessionCount: 0,
      sessions: [],
      tokens: [{ name: "slack", prefix: "bc_12345" }],
    });
    expect(await audit()).toMatchObject([{ action: "person.disable", reason: "lost laptop" }]);
    await enablePerson({ db, actor: ada, id: idOf(bob) });
    expect((await listPeople(db, new Date()))[1]).toMatchObject({ disabled: null });
  });

  it("refuses oneself, the last admin, and what is done already", async () => {
    const [ada, bob] = [await person("Ada", "admin"), await person("Bob", "viewer")];
    const asLocal = { ...ada, personId: null };
    const reason = "test";
    await expect(disablePerson({ db, actor: ada, id: idOf(ada), reason })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("yourself"),
    });
    await expect(disablePerson({ db, actor: asLocal, id: idOf(ada), reason })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("only admin"),
    });
    await disablePerson({ db, actor: ada, id: idOf(bob), reason });
    await expect(disablePerson({ db, actor: ada, id: idOf(bob), reason })).rejects.toMatchObject({
      code: "conflict",
      message: "Bob is disabled already, by Ada.",
    });
    await enablePerson({ db, actor: ada, id: idOf(bob) });
    await expect(enablePerson({ db, actor: ada, id: idOf(bob) })).rejects.toMatchObject({ code: "conflict" });
    expect((await audit()).map(({ action }) => action)).toEqual(["person.disable", "person.enable"]);
  });
});

describe("sessions", () => {
  it("of another end all at once", async () => {
    const [ada, bob] = [await person("Ada", "admin"), await person("Bob", "viewer")];
    await session(idOf(bob));
    expect(await endPersonSessions({ db, actor: ada, id: idOf(bob) })).toMatchObject({ endedSessions: 2 });
    expect(await db.session.count({ where: { userId: idOf(bob) } })).toBe(0);
    expect(await db.session.count({ where: { userId: idOf(ada) } })).toBe(1);
  });

  it("of one's own end but the one that asks, and nobody else's", async () => {
    const [ada, bob] = [await person("Ada", "admin"), await person("Bob", "viewer")];
    const second = await session(idOf(bob));
    await session(idOf(bob));
    await expect(
      endOwnSessions({ db, actor: bob, which: { id: ada.sessionId ?? "" } }),
    ).rejects.toMatchObject({ code: "not-found" });
    expect(await endOwnSessions({ db, actor: bob, which: { id: second } })).toEqual({ ended: 1 });
    expect(await endOwnSessions({ db, actor: bob, which: "others" })).toEqual({ ended: 1 });
    expect(await db.session.findMany({ where: { userId: idOf(bob) } })).toMatchObject([
      { id: bob.sessionId },
    ]);
    expect(await db.session.count({ where: { userId: idOf(ada) } })).toBe(1);
  });

  it("are not a token's to end", async () => {
    const bob = await person("Bob", "viewer");
    const token = { ...bob, sessionId: null, tokenId: NOBODY };
    await expect(endOwnSessions({ db, actor: token, which: "others" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("one's own account", () => {
  it("shows the session that asks first, and not what has expired", async () => {
    const bob = await person("Bob", "viewer");
    await session(idOf(bob), -HOUR);
    await session(idOf(bob));
    const account = await getAccount(db, bob, new Date());
    expect(account.sessions.map(({ isThisOne }) => isThisOne)).toEqual([true, false]);
    expect(account).toMatchObject({ email: "bob@example.com", role: "viewer", sessionCount: 2, tokens: [] });
    expect(JSON.stringify(account)).not.toContain('token":');
  });
});
