import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { createLogger } from "@/lib/logger";
import { TEST_AUTH_SECRET } from "@/lib/testing/signed-in";
import { type ConsoleDatabase, createConsoleDatabase } from "@/lib/testing/throwaway-database";
import { authenticate } from "./authenticate";
import { createAuth, OIDC_PROVIDER } from "./create-auth";
import { createPasswordAccount } from "./create-person";
import { describeSignInProblem } from "./describe-sign-in-problem";
import { beginProviderSignIn, endProviderSignIn, type ProviderSignInServer } from "./provider-sign-in";
import { sessionCookieName } from "./session-cookie";
import { type OidcPerson, type OidcProvider, startOidcProvider } from "./testing/oidc-provider";

const PUBLIC_URL = "https://backcourt.example.org";
const CALLER = { address: "203.0.113.7", userAgent: "a browser" };

let database: ConsoleDatabase;
let db: Db;
let provider: OidcProvider;
let server: ProviderSignInServer;

const somebody = (changes: Partial<OidcPerson> = {}): OidcPerson => ({
  sub: randomUUID(),
  email: `${randomUUID().slice(0, 8)}@team.example`,
  email_verified: true,
  name: "Ann Lee",
  ...changes,
});

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "provider-test");
  provider = await startOidcProvider(somebody());
  const { issuer, clientId, clientSecret } = provider;
  const auth = createAuth({
    db,
    secret: TEST_AUTH_SECRET,
    publicUrl: PUBLIC_URL,
    logger: createLogger("provider-test", "fatal"),
    providers: {
      github: null,
      oidc: { issuer, clientId, clientSecret, name: "Team" },
      allowed: { emails: ["guest@partner.example"], domains: ["team.example"] },
    },
  });
  server = { db, auth, publicUrl: PUBLIC_URL, signInProviders: [{ id: OIDC_PROVIDER, label: "Team" }] };
});
afterAll(async () => {
  await provider?.close();
  await db?.$disconnect();
  await database?.drop();
});
beforeEach(() => {
  provider.forge = false;
});

const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

/** The whole way as a browser goes it. `cookie` replaces what the first step set. */
async function signIn(person: OidcPerson, { to = "/runs", cookie }: { to?: string; cookie?: string } = {}) {
  provider.person = person;
  const lead = await beginProviderSignIn(server, { provider: OIDC_PROVIDER, to });
  const sent = new URL(lead.url);
  const there = await fetch(lead.url, { redirect: "manual" });
  const back = there.headers.get("location") ?? "";
  const request = new Request(back, { headers: { cookie: cookie ?? cookiesOf(lead.headers) } });
  const { answer, signedIn } = await endProviderSignIn(server, {
    request,
    provider: OIDC_PROVIDER,
    caller: CALLER,
  });
  const location = new URL(answer.headers.get("location") ?? "");
  return { sent, back, request, answer, signedIn, location, problem: location.searchParams.get("error") };
}

const whoIs = (headers: Headers) =>
  authenticate(
    {
      db,
      secret: TEST_AUTH_SECRET,
      cookieName: sessionCookieName(PUBLIC_URL),
      trustedProxies: [],
    },
    new Headers({ cookie: cookiesOf(headers) }),
  );

describe("a provider's word", () => {
  it("lets in somebody of an allowed domain, as a viewer, and leads on to their page", async () => {
    const person = somebody();
    const { sent, answer, location, signedIn } = await signIn(person, { to: "/runs?kind=dbt" });
    expect(sent.searchParams.get("code_challenge_method")).toBe("S256");
    expect(sent.searchParams.get("redirect_uri")).toBe(`${PUBLIC_URL}/api/auth/callback/oidc`);
    expect(signedIn).toBe(true);
    expect(location.href).toBe(`${PUBLIC_URL}/runs?kind=dbt`);
    expect(await whoIs(answer.headers)).toMatchObject({
      email: person.email,
      role: "viewer",
      name: "Ann Lee",
    });
    const session = answer.headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith("__Host-backcourt.session="));
    for (const attribute of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"])
      expect(session).toContain(attribute);
    expect(session).not.toContain("Domain");
    const account = await db.account.findFirstOrThrow({ where: { accountId: person.sub } });
    expect([account.accessToken, account.refreshToken, account.idToken]).toEqual([null, null, null]);
    const [entry] = await db.auditEntry.findMany({ orderBy: { id: "desc" }, take: 1 });
    expect(entry).toMatchObject({
      action: "session.sign-in",
      target: person.email,
      result: "accepted",
      params: { method: "oidc", made: "person" },
      ...CALLER,
    });
  });

  it.each(["", "Ann\u202eeeL", "x".repeat(81)])("gives nobody the name %j", async (name) => {
    const person = somebody({ name });
    const { answer } = await signIn(person);
    expect(await whoIs(answer.headers)).toMatchObject({ name: person.email });
  });

  it("lets the same person in again, with the role that they have by now", async () => {
    const person = somebody();
    await signIn(person);
    await db.person.update({ where: { email: person.email }, data: { role: "operator" } });
    const { answer } = await signIn(person);
    expect(await whoIs(answer.headers)).toMatchObject({ role: "operator" });
    expect(await db.person.count({ where: { email: person.email } })).toBe(1);
  });

  it.each([
    ["nobody invited", somebody({ email: "ann@elsewhere.example" }), "not_invited"],
    ["whose domain only ends alike", somebody({ email: "ann@evil-team.example" }), "not_invited"],
    ["whose address is not verified", somebody({ email_verified: false }), "email_not_verified"],
  ])("does not let in somebody %s, and says so in words", async (_, person, code) => {
    const { answer, location, problem, signedIn } = await signIn(person);
    expect([signedIn, problem, location.pathname]).toEqual([false, code, "/sign-in"]);
    expect(location.searchParams.get("to")).toBe("/runs");
    expect(describeSignInProblem(code)).not.toContain("did not work");
    await expect(whoIs(answer.headers)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await db.person.count({ where: { email: person.email } })).toBe(0);
  });

  it("joins an account that has the address, and only where the provider has verified it", async () => {
    const email = `${randomUUID().slice(0, 8)}@elsewhere.example`;
    const { id } = await createPasswordAccount(db, {
      email,
      name: "Invited",
      password: "a password of hers",
      role: "operator",
    });
    expect((await signIn(somebody({ email, email_verified: false }))).signedIn).toBe(false);
    expect(await db.account.count({ where: { userId: id } })).toBe(1);
    const { answer } = await signIn(somebody({ email }));
    expect(await whoIs(answer.headers)).toMatchObject({ personId: id, role: "operator", name: "Invited" });
    expect(await db.account.count({ where: { userId: id } })).toBe(2);
    const [entry] = await db.auditEntry.findMany({ orderBy: { id: "desc" }, take: 1 });
    expect(entry).toMatchObject({ personId: id, params: { method: "oidc", made: "way in" } });
  });

  it("does not let in who is disabled", async () => {
    const person = somebody();
    await signIn(person);
    await db.person.update({ where: { email: person.email }, data: { disabledAt: new Date() } });
    const { signedIn, problem } = await signIn(person);
    expect([signedIn, problem]).toEqual([false, "person_disabled"]);
    expect(describeSignInProblem("person_disabled")).toContain("disabled");
  });

  it("is nobody's without a signature of its own", async () => {
    provider.forge = true;
    const person = somebody();
    expect((await signIn(person)).signedIn).toBe(false);
    expect(await db.person.count({ where: { email: person.email } })).toBe(0);
  });

  it("is for the browser that asked, and once", async () => {
    expect((await signIn(somebody(), { cookie: "" })).signedIn).toBe(false);
    const { request, signedIn } = await signIn(somebody());
    expect(signedIn).toBe(true);
    const again = await endProviderSignIn(server, {
      request: new Request(request.url, { headers: request.headers }),
      provider: OIDC_PROVIDER,
      caller: CALLER,
    });
    expect(again.signedIn).toBe(false);
  });

  it("leads to no other site", async () => {
    const { location } = await signIn(somebody(), { to: "//evil.example" });
    expect(location.href).toBe(`${PUBLIC_URL}/`);
  });

  it("is asked of configured providers only", async () => {
    await expect(beginProviderSignIn(server, { provider: "github", to: "/" })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});
