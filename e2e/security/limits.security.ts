import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SIGN_IN_LIMITS } from "@/lib/auth/limits";
import { createDb, type Db } from "@/lib/db";
import { STACK_PEOPLE } from "../stack/stack-people";
import { forgetAttempts } from "./forget-attempts";
import { openStream, STACK, send } from "./send";
import { type BesideWeb, startWebBeside } from "./start-web-beside";
import { cookieOf, signIn, visitor } from "./visitors";

let db: Db;
beforeAll(async () => {
  await forgetAttempts();
  db = createDb(STACK.databaseUrl, "security-limits");
});
afterAll(async () => {
  await forgetAttempts();
  await db?.$disconnect();
});

describe("24. floods", () => {
  let web: BesideWeb;
  beforeAll(async () => {
    web = await startWebBeside({ RUNS_PER_MINUTE: "3", STREAMS_PER_PERSON: "2" });
  });
  afterAll(() => web?.stop());

  it("more runs in a minute than somebody may order: 429, and none of them is stored", async () => {
    const { email } = await visitor(db, "operator");
    const cookie = cookieOf(await signIn(email));
    const before = await db.run.count();
    const params = ["2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05"].map((runDate) => ({ runDate }));
    const answer = await send({
      method: "POST",
      path: "/api/runs",
      origin: web.url,
      port: web.port,
      headers: { cookie },
      body: { kind: "backfill", params },
    });
    expect([answer.status, answer.code]).toEqual([429, "too-many"]);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(await db.run.count()).toBe(before);
  });

  it("more streams than somebody may have open: 429; a closed one makes room", async () => {
    const cookie = cookieOf(await signIn((await visitor(db)).email));
    const open = () => openStream("/api/stream", { cookie }, web.port);
    const streams = [await open(), await open()];
    const third = await open();
    expect([...streams.map(({ status }) => status), third.status]).toEqual([200, 200, 429]);
    streams[0]?.hangUp();
    await expect
      .poll(
        async () => {
          const again = await open();
          again.hangUp();
          return again.status;
        },
        { timeout: 20_000 },
      )
      .toBe(200);
    streams[1]?.hangUp();
  });
});

// The last of all: it uses up what an address may try.
describe("10. spraying passwords", () => {
  const WRONG = "not-the-password-at-all";
  const signInEntries = (email: string) =>
    db.auditEntry.findMany({
      where: { action: "session.sign-in", params: { path: ["body", "email"], equals: email } },
    });
  /** The attacks of the other files use up what the audit keeps of strangers in a minute. */
  const refusalsAreKept = () =>
    vi.waitFor(
      async () => {
        await forgetAttempts();
        const email = `${randomUUID()}@backcourt.test`;
        await signIn(email, WRONG);
        expect(await signInEntries(email)).toHaveLength(1);
      },
      { timeout: 90_000, interval: 1_000 },
    );

  it("the same answer for who is unknown as for a wrong password", async () => {
    await forgetAttempts();
    const answers = [];
    for (const email of [(await visitor(db)).email, "nobody@backcourt.test"]) {
      const { status, text } = await signIn(email, WRONG);
      const { error } = JSON.parse(text);
      answers.push({ status, code: error.code, message: error.message });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  it("an account is guessed at a few times, whatever address the guesser says is theirs; then not even the right password", {
    timeout: 120_000,
  }, async () => {
    await refusalsAreKept();
    await forgetAttempts();
    const { email } = await visitor(db);
    const statuses: number[] = [];
    for (let attempt = 0; attempt <= SIGN_IN_LIMITS.pair; attempt += 1) {
      const spoofed = `203.0.113.${attempt}`;
      const headers = {
        "x-forwarded-for": spoofed,
        "x-real-ip": spoofed,
        forwarded: `for=${spoofed}`,
        "cf-connecting-ip": spoofed,
        "x-backcourt-peer": `key ${spoofed}`,
      };
      statuses.push((await signIn(email, WRONG, headers)).status);
    }
    expect(statuses).toEqual([...Array(SIGN_IN_LIMITS.pair).fill(401), 429]);
    const right = await signIn(email);
    expect([right.status, right.code]).toEqual([429, "too-many"]);
    expect(Number(right.headers["retry-after"])).toBeGreaterThan(0);
    const entries = await signInEntries(email);
    expect(entries.map(({ result }) => result)).toEqual([
      ...Array(SIGN_IN_LIMITS.pair).fill("unauthenticated"),
      "too-many",
      "too-many",
    ]);
    expect([...new Set(entries.map(({ address }) => address))]).toEqual(["127.0.0.1"]);
    expect(
      JSON.stringify(entries, (_, value) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toContain(WRONG);
  });

  it("one address cannot go through all accounts", async () => {
    await forgetAttempts();
    // Tries of invites count with those of passwords, and cost no hash.
    const guess = () => send({ method: "POST", path: "/api/invites/look", body: { token: "x".repeat(43) } });
    for (let tried = 0; tried < SIGN_IN_LIMITS.address - 2; tried += 1)
      expect((await guess()).status).toBe(404);
    const statuses: number[] = [];
    for (let account = 0; account < 4; account += 1)
      statuses.push((await signIn(`sprayed-${account}@backcourt.test`, WRONG)).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect((await guess()).status).toBe(429);
    expect((await signIn(STACK_PEOPLE.admin.email, STACK_PEOPLE.admin.password)).status).toBe(429);
    expect((await send({ path: "/api/runs", as: "admin" })).status).toBe(200);
  });
});
