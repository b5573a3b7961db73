import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS, ROLE_PERMISSIONS, ROLES } from "@/lib/contracts/roles";
import { METHODS } from "@/lib/openapi/described-route";
import { API_PATHS, filled, OPERATIONS, type Operation, PAGE_PATHS } from "./all-routes";
import { STACK, send } from "./send";

/** What nobody needs a session for; each has its reason in its declaration. */
const OPEN = [
  "GET /api/auth/callback/[provider]",
  "GET /api/health/live",
  "POST /api/auth/sign-in/email",
  "POST /api/auth/sign-in/social",
  "POST /api/invites/accept",
  "POST /api/invites/look",
];
/** Pages that lead in. */
const OPEN_PAGES = ["/join", "/sign-in"];
/** What made Next's middleware step aside, or answer for a page, in one release or another. */
const TRICKS: Record<string, string>[] = [
  { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
  { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware" },
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-rewrite": "/api/health/live" },
  { "x-middleware-next": "1", "x-middleware-set-cookie": "backcourt.session=x" },
  { "x-nextjs-data": "1" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-segment-prefetch": "/_tree" },
  { "next-action": "0000000000000000000000000000000000000000" },
  { purpose: "prefetch", "x-purpose": "preview" },
  { "x-original-url": "/api/health/live", "x-rewrite-url": "/api/health/live" },
  { "x-http-method-override": "GET", "x-backcourt-path": "/sign-in" },
  { "x-backcourt-peer": "key 127.0.0.1", "x-forwarded-for": "127.0.0.1" },
];

const nameOf = ({ method, path }: Operation) => `${method} ${path}`;
const CLOSED = OPERATIONS.filter((operation) => operation.permission !== null);
const ACTIONS = CLOSED.filter(({ declaration }) => declaration.action);

let database: Client;
beforeAll(async () => {
  database = new Client({ connectionString: STACK.databaseUrl });
  await database.connect();
});
afterAll(() => database?.end());

/** A request that is authorised before it is found wanting: nothing that it asks for can be done. */
function attempt({ method, path, declaration }: Operation) {
  return {
    method,
    path: filled(path),
    headOnly: path === "/api/stream",
    body: declaration.body && { nonsense: true },
  };
}

describe("1. without a session", () => {
  it("the build serves exactly the routes that are declared", () => {
    expect(API_PATHS.sort()).toEqual([...new Set(OPERATIONS.map(({ path }) => path))].sort());
    expect(
      OPERATIONS.filter(({ permission }) => permission === null)
        .map(nameOf)
        .sort(),
    ).toEqual(OPEN);
  });

  it.each(CLOSED.map((operation) => [nameOf(operation), operation] as const))(
    "%s: 401",
    async (_name, operation) => {
      const answer = await send(attempt(operation));
      if (operation.path !== "/api/stream") expect(answer.code).toBe("unauthenticated");
      expect(answer.status).toBe(401);
    },
  );

  it.each(PAGE_PATHS.filter((path) => !OPEN_PAGES.includes(path)))(
    "the page %s leads to the sign-in",
    async (path) => {
      const answer = await send({ path: filled(path) });
      expect([answer.status, answer.headers.location]).toEqual([
        307,
        path === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(filled(path))}`,
      ]);
    },
  );

  it.each([
    "no-such",
    "api/no-such",
    "api/auth/list-sessions",
    "api/auth/admin/list-users",
    "api/auth/sign-up/email",
  ])("what does not exist tells nothing: /%s", async (path) => {
    const answer = await send({ method: "POST", path: `/${path}`, body: {} });
    // Next's page for what is not found is one of the console's: it leads to the sign-in.
    expect([307, 404, 405]).toContain(answer.status);
    if (answer.status === 307) expect(answer.headers.location).toMatch(/^\/sign-in/);
    expect(answer.text).not.toContain("backcourt.test");
  });
});

describe("2. tricks that made a proxy step aside", () => {
  it.each(TRICKS)("%j changes no answer", async (headers) => {
    for (const operation of CLOSED) {
      const sent = { ...attempt(operation), headers };
      const first = await send(sent);
      // Next sends a request with the router's header to the same path with its hash, and nothing else.
      const again = first.headers.location?.startsWith(`${sent.path}?_rsc`);
      const { status } = again ? await send({ ...sent, path: first.headers.location ?? "" }) : first;
      expect([nameOf(operation), status]).toEqual([nameOf(operation), 401]);
    }
    for (const path of ["/", "/runs", "/audit", "/access", "/api/coverage"]) {
      const answer = await send({ path, headers });
      expect([path, answer.status]).not.toEqual([path, 200]);
      expect(answer.text).not.toMatch(/Ada Admin|backcourt\.test/);
    }
  });

  it.each([
    "/audit?_rsc=1",
    "/audit.rsc",
    "/audit.segments/_tree.segment.rsc",
    "/_next/data/x/audit.json",
    "//audit",
    "/./audit",
    "/%61udit",
    "/AUDIT",
  ])("%s shows nothing of the page", async (path) => {
    const answer = await send({ path });
    expect(answer.status).toBeGreaterThanOrEqual(300);
    expect(answer.text).not.toMatch(/Ada Admin|backcourt\.test|who did what/);
  });
});

describe("4. what each role may", () => {
  const MATRIX = ROLES.flatMap((role) =>
    CLOSED.map((operation) => [role, nameOf(operation), operation] as const),
  );

  it("every permission is asked for by some route", () => {
    expect([...new Set(CLOSED.map(({ permission }) => permission))].sort()).toEqual([...PERMISSIONS].sort());
  });

  it.each(MATRIX)("%s: %s", async (role, _name, operation) => {
    const may = operation.permission !== null && ROLE_PERMISSIONS[role].has(operation.permission);
    const before = await lastEntry();
    const answer = await send({ ...attempt(operation), as: role });
    if (may) {
      expect([401, 403]).not.toContain(answer.status);
      expect(answer.status).toBeLessThan(500);
      return;
    }
    expect([answer.status, answer.code]).toEqual([403, "forbidden"]);
    const { rows } = await database.query(
      "select action, result, target from backcourt.audit_entry where id > $1 and person_id is not null",
      [before],
    );
    const action = operation.declaration.action ?? `${operation.permission}.look`;
    expect(rows).toContainEqual({ action, result: "forbidden", target: filled(operation.path) });
  });
});

describe("5. ids that are none", () => {
  const WITH_ID = CLOSED.filter(({ path }) => path.includes("["));
  const IDS = [
    "0",
    "..%2f..%2fetc%2fpasswd",
    "%252e%252e%252f",
    "%00",
    "'%20or%201=1--",
    "a".repeat(4_000),
    "%c0%ae",
    "%F0%9F%8F%80",
    "-1",
  ];

  it.each(WITH_ID.map((operation) => [nameOf(operation), operation] as const))(
    "%s: never a 500, and nothing is found",
    async (_name, operation) => {
      for (const id of IDS) {
        const path = operation.path.replace(/\[(\w+)\]/g, id);
        const { status } = await send({
          ...attempt(operation),
          path,
          body: operation.declaration.body && {},
          as: "admin",
        });
        expect([id, status]).toEqual([
          id,
          expect.toSatisfy((code: number) => [400, 404, 414, 431].includes(code)),
        ]);
      }
    },
  );
});

describe("7. changes asked for by another site", () => {
  const ORIGINS = [
    null,
    "null",
    "https://evil.example",
    `${STACK.url}.evil.example`,
    STACK.url.replace("http:", "https:"),
    "file://",
    STACK.url.replace("127.0.0.1", "127.0.0.2"),
    "chrome-extension://x",
  ];

  it.each(ACTIONS.map((operation) => [nameOf(operation), operation] as const))(
    "%s: 403",
    async (_name, operation) => {
      for (const origin of ORIGINS) {
        const answer = await send({ ...attempt(operation), as: "admin", origin });
        expect([origin, answer.status, answer.code]).toEqual([origin, 403, "forbidden"]);
      }
    },
  );

  it.each(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])(
    "a form (%s) is no order, even with our own Origin",
    async (type) => {
      const body = '{"kind":"backfill","params":[{"runDate":"2026-11-01"}]}';
      const answer = await send({
        method: "POST",
        path: "/api/runs",
        as: "admin",
        body,
        headers: { "content-type": type },
      });
      expect([answer.status, answer.code]).toEqual([400, "invalid-request"]);
    },
  );

  it("a method that a route does not have is answered 405, with words", async () => {
    for (const path of API_PATHS) {
      const known = OPERATIONS.filter((operation) => operation.path === path).map(({ method }) => method);
      for (const method of METHODS.filter((candidate) => !known.includes(candidate))) {
        const answer = await send({ method, path: filled(path), as: "admin" });
        expect([method, path, answer.status, answer.code]).toEqual([method, path, 405, "method-not-allowed"]);
      }
    }
  });
});

describe("26. a host name that is not ours", () => {
  it.each<Record<string, string>>([
    { host: "evil.example" },
    { host: "127.0.0.1.evil.example" },
    { host: "localhost.evil.example" },
    { "x-forwarded-host": "evil.example" },
    { "x-forwarded-host": "127.0.0.1, evil.example" },
  ])("%j: refused, and no link or cookie is made of it", async (headers) => {
    for (const operation of [...CLOSED.slice(0, 3), ...ACTIONS.slice(0, 3)]) {
      const answer = await send({ ...attempt(operation), as: "admin", headers });
      expect([nameOf(operation), answer.status]).toEqual([nameOf(operation), 403]);
    }
    const signIn = await send({
      method: "POST",
      path: "/api/auth/sign-in/email",
      headers,
      body: { email: "admin@backcourt.test", password: "admin-password-of-tests" },
    });
    expect([signIn.status, signIn.headers["set-cookie"]]).toEqual([403, undefined]);
    const page = await send({ path: "/", as: "admin", headers });
    expect(page.text).not.toContain("evil.example");
    expect(page.headers.location ?? "").not.toContain("evil.example");
  });
});

async function lastEntry(): Promise<string> {
  const { rows } = await database.query("select coalesce(max(id), 0)::text as id from backcourt.audit_entry");
  return rows[0].id;
}
