import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashToken } from "@/lib/auth/authenticate";
import { createPasswordAccount } from "@/lib/auth/create-person";
import { SIGN_IN_LIMITS } from "@/lib/auth/limits";
import type { Role } from "@/lib/contracts/roles";
import { createDb, type Db } from "@/lib/db";
import { STACK_PEOPLE } from "../stack/stack-people";
import { forgetAttempts } from "./forget-attempts";
import { type Answer, openStream, STACK, send } from "./send";
import { type BesideWeb, startWebBeside } from "./start-web-beside";

const PASSWORD = "the-password-of-a-visitor";

let db: Db;
beforeAll(() => {
  db = createDb(STACK.databaseUrl, "security-sessions");
});
afterAll(async () => {
  await forgetAttempts();
  await db?.$disconnect();
});

async function visitor(role: Role = "viewer") {
  const email = `${uuidv7()}@backcourt.test`;
  const { id } = await createPasswordAccount(db, { email, name: "A Visitor", password: PASSWORD, role });
  return { id, email };
}

function signIn(email: string, password: string, headers: Record<string, string> = {}): Promise<Answer> {
  return send({ method: "POST", path: "/api/auth/sign-in/email", body: { email, password }, headers });
}

function cookieOf(answer: Answer): string {
  return answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}

async function statusWith(headers: Record<string, string>): Promise<number> {
  return (await send({ path: "/api/account", headers })).status;
}

describe("6. a person who is disabled", () => {
  it.each([
    [
      "disabled by an admin",
      ({ id }: { id: string }) =>
        send({
          method: "POST",
          path: `/api/people/${id}/disable`,
          as: "admin",
          body: { reason: "left the team" },
        }),
    ],
    [
      "signed out everywhere by an admin",
      ({ id }: { id: string }) =>
        send({ method: "POST", path: `/api/people/${id}/end-sessions`, as: "admin", body: {} }),
    ],
    [
      "who signs out in another tab",
      ({ cookie }: { cookie: string }) =>
        send({ method: "POST", path: "/api/auth/sign-out", headers: { cookie }, body: {} }),
    ],
  ])("%s: an open stream is closed within 30 s, and the session is dead at once", async (_name, end) => {
    const { id, email } = await visitor();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const stream = await openStream("/api/stream", { cookie });
    expect(stream.status).toBe(200);
    expect((await end({ id, cookie })).status).toBe(200);
    expect(await statusWith({ cookie })).toBe(401);
    const began = performance.now();
    await stream.ended;
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});

describe("8. the session's cookie", () => {
  it("is out of scripts' reach, and is not sent along by other sites", async () => {
    const { email } = await visitor();
    const [cookie = "", ...more] = (await signIn(email, PASSWORD)).headers["set-cookie"] ?? [];
    expect(more).toEqual([]);
    const [pair = "", ...flags] = cookie.split("; ");
    expect(pair).toMatch(/^backcourt\.session=/);
    expect(flags.map((flag) => flag.toLowerCase())).toEqual(expect.arrayContaining(["path=/", "httponly"]));
    expect(cookie).toMatch(/; SameSite=(Lax|Strict)/i);
    expect(cookie).not.toMatch(/domain=/i);
  });

  it("is Secure and __Host- where people come by https", async () => {
    const web = await startWebBeside({
      PUBLIC_URL: "https://backcourt.example.org",
      ALLOWED_HOSTS: "backcourt.example.org",
    });
    try {
      const answer = await send({
        method: "POST",
        path: "/api/auth/sign-in/email",
        origin: "https://backcourt.example.org",
        headers: { host: "backcourt.example.org" },
        body: { email: (await visitor()).email, password: PASSWORD },
        port: web.port,
      });
      const cookie = answer.headers["set-cookie"]?.[0] ?? "";
      expect(cookie).toMatch(/^__Host-backcourt\.session=.*; Path=\/.*; Secure/i);
      expect(cookie).toMatch(/HttpOnly/i);
      expect(answer.headers["strict-transport-security"]).toMatch(/max-age=\d{7,}/);
    } finally {
      await web.stop();
    }
  });
});

describe("9. sessions that must not be", () => {
  it("fixation: what a browser brought is not what it gets", async () => {
    const { email } = await visitor();
    const planted = cookieOf(await signIn((await visitor()).email, PASSWORD));
    const own = cookieOf(await signIn(email, PASSWORD, { cookie: planted }));
    expect(own).not.toBe(planted);
    const seen = await send({ path: "/api/account", headers: { cookie: own } });
    expect(JSON.parse(seen.text).email).toBe(email);
    const other = await send({ path: "/api/account", headers: { cookie: planted } });
    expect(JSON.parse(other.text).email).not.toBe(email);
  });

  it("replay after signing out", async () => {
    const cookie = cookieOf(await signIn((await visitor()).email, PASSWORD));
    expect(await statusWith({ cookie })).toBe(200);
    expect(
      (await send({ method: "POST", path: "/api/auth/sign-out", headers: { cookie }, body: {} })).status,
    ).toBe(200);
    expect(await statusWith({ cookie })).toBe(401);
  });

  it.each([
    ["unused for longer than a session lasts", { expiresAt: new Date(Date.now() - 1_000) }],
    ["older than any session, however busy", { createdAt: new Date(Date.now() - 31 * 86_400_000) }],
  ])("%s", async (_name, data) => {
    const { id, email } = await visitor();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    expect(await statusWith({ cookie })).toBe(200);
    await db.session.updateMany({ where: { userId: id }, data });
    expect(await statusWith({ cookie })).toBe(401);
  });

  it("made of what the database holds, without the key that signs", async () => {
    const { id, email } = await visitor();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const { token } = await db.session.findFirstOrThrow({ where: { userId: id } });
    const [name = ""] = cookie.split("=");
    const signature = cookie.slice(cookie.indexOf("."));
    for (const value of [
      token,
      `${token}.`,
      `${token}.AAAA`,
      encodeURIComponent(`${token}x.${signature}`),
      `.${signature}`,
      "",
    ])
      expect([value, await statusWith({ cookie: `${name}=${value}` })]).toEqual([value, 401]);
    expect(await statusWith({ cookie: `__Host-${cookie}` })).toBe(401);
  });
});

describe("API tokens", () => {
  async function token(role: Role, of: { personRole: Role } & Partial<{ expiresAt: Date; revokedAt: Date }>) {
    const { id } = await visitor(of.personRole);
    const secret = `bc_${uuidv7().replaceAll("-", "")}security`;
    await db.apiToken.create({
      data: {
        personId: id,
        name: "script",
        role,
        tokenHash: hashToken(secret),
        prefix: secret.slice(0, 8),
        expiresAt: of.expiresAt ?? new Date(Date.now() + 86_400_000),
        revokedAt: of.revokedAt,
      },
    });
    return { person: id, headers: { authorization: `Bearer ${secret}` }, secret };
  }
  const runs = (headers: Record<string, string>) =>
    send({ method: "POST", path: "/api/runs", headers, origin: null, body: { nonsense: true } });

  it("may what their role may, from anywhere, and nothing that is left to people", async () => {
    const { headers } = await token("operator", { personRole: "operator" });
    expect((await send({ path: "/api/runs", headers, origin: null })).status).toBe(200);
    expect((await runs(headers)).status).toBe(400);
    expect((await send({ path: "/api/account", headers })).status).toBe(403);
    expect((await send({ path: "/api/audit", headers })).status).toBe(403);
  });

  it("never may more than their person does now", async () => {
    const { person, headers } = await token("admin", { personRole: "admin" });
    expect((await send({ path: "/api/audit", headers })).status).toBe(200);
    await db.person.update({ where: { id: person }, data: { role: "viewer" } });
    expect((await send({ path: "/api/audit", headers })).status).toBe(403);
    expect((await runs(headers)).status).toBe(403);
    await db.person.update({ where: { id: person }, data: { disabledAt: new Date() } });
    expect((await send({ path: "/api/runs", headers })).status).toBe(401);
  });

  it("are nothing once expired or revoked, and their hash is none", async () => {
    const expired = await token("viewer", { personRole: "viewer", expiresAt: new Date(Date.now() - 1_000) });
    const revoked = await token("viewer", { personRole: "viewer", revokedAt: new Date() });
    const good = await token("viewer", { personRole: "viewer" });
    for (const headers of [
      expired.headers,
      revoked.headers,
      { authorization: `Bearer ${hashToken(good.secret)}` },
      { authorization: `Bearer bc_${hashToken(good.secret)}` },
      { authorization: `Basic ${Buffer.from(`x:${good.secret}`).toString("base64")}` },
      { authorization: "Bearer " },
      { authorization: `Bearer ${good.secret}' or 1=1--` },
    ])
      expect([headers, (await send({ path: "/api/runs", headers })).status]).toEqual([headers, 401]);
    expect((await send({ path: `/api/runs?token=${good.secret}` })).status).toBe(401);
  });
});

describe("24. floods", () => {
  let web: BesideWeb;
  beforeAll(async () => {
    web = await startWebBeside({ RUNS_PER_MINUTE: "3", STREAMS_PER_PERSON: "2" });
  });
  afterAll(() => web?.stop());

  it("more runs in a minute than somebody may order: 429, and none of them is stored", async () => {
    const { email } = await visitor("operator");
    const cookie = cookieOf(await signIn(email, PASSWORD));
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
    const cookie = cookieOf(await signIn((await visitor()).email, PASSWORD));
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

  it("the same answer for who is unknown as for a wrong password", async () => {
    await forgetAttempts();
    const answers = [];
    for (const email of [(await visitor()).email, "nobody@backcourt.test"]) {
      const { status, text } = await signIn(email, WRONG);
      const { error } = JSON.parse(text);
      answers.push({ status, code: error.code, message: error.message });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  it("an account is guessed at a few times, whatever address the guesser says is theirs; then not even the right password", async () => {
    await forgetAttempts();
    const { email } = await visitor();
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
    const right = await signIn(email, PASSWORD);
    expect([right.status, right.code]).toEqual([429, "too-many"]);
    expect(Number(right.headers["retry-after"])).toBeGreaterThan(0);
    const entries = await db.auditEntry.findMany({
      where: { action: "session.sign-in", params: { path: ["body", "email"], equals: email } },
    });
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
