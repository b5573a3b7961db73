import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { forgetAttempts } from "./forget-attempts";
import { openStream, STACK, send } from "./send";
import { startWebBeside } from "./start-web-beside";
import { cookieOf, PASSWORD, signIn, visitor } from "./visitors";

let db: Db;
beforeAll(async () => {
  await forgetAttempts();
  db = createDb(STACK.databaseUrl, "security-sessions");
});
afterAll(() => db?.$disconnect());

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
    const { id, email } = await visitor(db);
    const cookie = cookieOf(await signIn(email));
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
    const { email } = await visitor(db);
    const [cookie = "", ...more] = (await signIn(email)).headers["set-cookie"] ?? [];
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
        body: { email: (await visitor(db)).email, password: PASSWORD },
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
    const { email } = await visitor(db);
    const planted = cookieOf(await signIn((await visitor(db)).email));
    const own = cookieOf(await signIn(email, PASSWORD, { cookie: planted }));
    expect(own).not.toBe(planted);
    const seen = await send({ path: "/api/account", headers: { cookie: own } });
    expect(JSON.parse(seen.text).email).toBe(email);
    const other = await send({ path: "/api/account", headers: { cookie: planted } });
    expect(JSON.parse(other.text).email).not.toBe(email);
  });

  it("replay after signing out", async () => {
    const cookie = cookieOf(await signIn((await visitor(db)).email));
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
    const { id, email } = await visitor(db);
    const cookie = cookieOf(await signIn(email));
    expect(await statusWith({ cookie })).toBe(200);
    await db.session.updateMany({ where: { userId: id }, data });
    expect(await statusWith({ cookie })).toBe(401);
  });

  it("made of what the database holds, without the key that signs", async () => {
    const { id, email } = await visitor(db);
    const cookie = cookieOf(await signIn(email));
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
