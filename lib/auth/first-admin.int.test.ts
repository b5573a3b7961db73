import { verifyPassword } from "better-auth/crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { signedInPerson } from "@/lib/testing/signed-in";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { createPasswordAccount } from "./create-person";
import { generatePassword } from "./generate-password";
import { ensureFirstAdmin, makeAdmin } from "./make-admin";
import { preparePeople } from "./prepare-people";

const FIRST = { email: "Ann.Lee@Team.example", password: "a password of the first" };

let database: ConsoleDatabase;
let db: Db;

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "first-admin-test");
});
afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});
beforeEach(async () => {
  await db.person.deleteMany();
});

const passwordHolds = async (email: string, password: string) => {
  const person = await db.person.findUniqueOrThrow({ where: { email }, include: { accounts: true } });
  return verifyPassword({ hash: person.accounts[0]?.password ?? "", password });
};

describe("the first admin", () => {
  it("is made once, however many processes start at the same time", async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => ensureFirstAdmin(db, FIRST)));
    expect(made.filter((one) => one.made)).toHaveLength(1);
    expect(await db.person.findMany()).toMatchObject([
      { email: "ann.lee@team.example", name: "Ann Lee", role: "admin", emailVerified: true },
    ]);
    expect(await passwordHolds("ann.lee@team.example", FIRST.password)).toBe(true);
  });

  it("is left alone while an admin can sign in, and made where the only one is disabled", async () => {
    const { personId } = await signedInPerson(db, "admin");
    expect(await ensureFirstAdmin(db, FIRST)).toEqual({ made: false });
    await db.person.update({ where: { id: personId }, data: { disabledAt: new Date() } });
    expect(await ensureFirstAdmin(db, FIRST)).toEqual({ made: true });
  });

  it("by the command: lets somebody back in, with another password and no session of before", async () => {
    const { id } = await createPasswordAccount(db, {
      email: "ann.lee@team.example",
      name: "Ann",
      password: "the old password",
      role: "viewer",
    });
    const expiresAt = new Date(Date.now() + 60_000);
    await db.session.create({ data: { userId: id, token: "t", expiresAt } });
    await db.person.update({ where: { id }, data: { disabledAt: new Date() } });
    const password = generatePassword();
    expect(await makeAdmin(db, { email: FIRST.email, password })).toEqual({ personId: id, wasThere: true });
    expect(await db.person.findMany()).toMatchObject([{ id, name: "Ann", role: "admin", disabledAt: null }]);
    expect(await passwordHolds("ann.lee@team.example", password)).toBe(true);
    expect(await db.session.count()).toBe(0);
    const entries = await db.auditEntry.findMany({ orderBy: { id: "desc" }, take: 1 });
    expect(entries).toMatchObject([{ actor: "the server's own command", target: "ann.lee@team.example" }]);
    expect(
      JSON.stringify(entries, (_, value) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toContain(password);
  });

  it("has a password that is long and never the same", () => {
    const some = new Set(Array.from({ length: 200 }, generatePassword));
    expect(some.size).toBe(200);
    for (const password of some) expect(password).toMatch(/^([a-z2-9]{4}-){4}[a-z2-9]{4}$/);
  });
});

describe("an account of the demo", () => {
  const demo = {
    email: "admin@backcourt.local",
    name: "Demo admin",
    password: "shown on a screen",
    role: "admin" as const,
  };
  const prepare = (changes: object) =>
    preparePeople({ db, demo: false, production: true, admin: null, onMade: () => undefined, ...changes });

  it("keeps production from starting, unless it is disabled", async () => {
    const { id } = await createPasswordAccount(db, demo);
    await expect(prepare({})).rejects.toThrow("an account of the demo, admin@backcourt.local");
    await db.person.update({ where: { id }, data: { disabledAt: new Date() } });
    await expect(prepare({})).resolves.toBeUndefined();
  });

  it("is of use in the demo and in development", async () => {
    await createPasswordAccount(db, demo);
    await expect(prepare({ demo: true })).resolves.toBeUndefined();
    await expect(prepare({ production: false })).resolves.toBeUndefined();
  });

  it("is no matter of anybody else's address", async () => {
    await createPasswordAccount(db, { ...demo, email: "ann@team.example" });
    await expect(prepare({})).resolves.toBeUndefined();
  });
});
