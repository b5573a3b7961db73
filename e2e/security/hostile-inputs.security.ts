import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDb, type Db } from "@/lib/db";
import { type SeededRandom, seededRandom } from "@/sandbox/season/seeded-random";
import { OPERATIONS, type Operation } from "./all-routes";
import { forgetAttempts } from "./forget-attempts";
import { ATOMS, TEXTS, TYPES } from "./hostile-atoms";
import { processesOf } from "./processes-of";
import { outputOf, type Sent, STACK, send } from "./send";

const INPUTS = 10_000;
const AT_ONCE = 16;

/** A body of each route that lacks one thing to be done; a mutation can only take it further away. */
const BASES: Record<string, object> = {
  "/api/runs": {
    kind: "backfill",
    params: [{ runDate: "1800-01-01" }],
    reason: "r",
    overrideDailyRun: false,
  },
  "/api/waivers": { date: "2026-11-01", game: "AAA@BBB", reason: "no such game" },
  "/api/dbt/presets": { name: "n", selectors: ["nobody_has_this"], fullRefresh: false },
  "/api/auth/sign-in/social": { provider: "none", to: "/" },
  "/api/invites/look": { token: "x".repeat(43) },
  "/api/invites/accept": { token: "x".repeat(43), name: "n", password: "long-enough-for-a-password" },
  "/api/invites": { email: "not-an-address", role: "viewer" },
  "/api/tokens": { name: "t", role: "viewer", days: 6 },
  "/api/account/password": { current: "not-the-password", next: "long-enough-for-a-password" },
};
/** Each attempt to sign in costs a hash by design, and has limits of its own: sessions.security.ts. */
const LEFT_OUT = new Set(["/api/auth/sign-in/email", "/api/account/password"]);
const TARGETS = OPERATIONS.filter(({ method, path }) => method !== "GET" && !LEFT_OUT.has(path));

let db: Db;
beforeAll(() => {
  db = createDb(STACK.databaseUrl, "security-hostile");
});
afterAll(async () => {
  await forgetAttempts();
  await db?.$disconnect();
});

it("10,000 hostile inputs over all routes that change something: no 5xx, no run, no process", async () => {
  const runsBefore = await db.run.count();
  const random = seededRandom("hostile inputs");
  const inputs = Array.from({ length: INPUTS }, (_, index) =>
    hostile(TARGETS[index % TARGETS.length] as Operation, random),
  );
  const failed: unknown[] = [];
  const statuses = new Map<number, number>();
  const queue = inputs.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const sent of queue) {
        const answer = await send(sent).catch((error: Error) => ({ status: 0, text: error.message }));
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        // 401 would mean that the attack was never delivered.
        if (answer.status === 0 || answer.status === 401 || answer.status >= 500)
          failed.push({ sent, status: answer.status, text: answer.text.slice(0, 300) });
      }
    }),
  );
  console.log(`10,000 hostile inputs: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}`);
  expect(failed.slice(0, 5)).toEqual([]);
  expect(failed).toHaveLength(0);
  expect(await db.run.count()).toBe(runsBefore);
  expect([...processesOf(STACK.webPid), ...processesOf(STACK.workerPid)]).toEqual([]);
  const output = await outputOf("web");
  expect(output).not.toContain("could not be written to the audit");
  expect((await send({ path: "/api/health/live", as: "admin" })).status).toBe(200);
}, 300_000);

function hostile({ method, path, declaration }: Operation, random: SeededRandom): Sent {
  const pick = <Item>(items: readonly Item[]): Item => items[random.between(0, items.length - 1)] as Item;
  const sent: Sent = { method, path: pathOf(path, random), as: "admin" };
  if (!declaration.body) return random.next() < 0.5 ? sent : { ...sent, body: pick(TEXTS) };
  const body = random.next() < 0.15 ? pick(TEXTS) : mutated(BASES[path] ?? { nothing: "here" }, random);
  const type = random.next() < 0.1 ? pick(TYPES) : undefined;
  return { ...sent, body, headers: type === undefined ? {} : { "content-type": encodeURI(type) } };
}

function pathOf(path: string, random: SeededRandom): string {
  const filled = path.replace(/\[\w+\]/g, () => {
    const atom = ATOMS[random.between(0, ATOMS.length - 1)];
    const text = typeof atom === "string" && atom !== "" ? atom.slice(0, 300) : uuidv7();
    return encodeURIComponent(text.toWellFormed()).replaceAll(".", "%2e");
  });
  return random.next() < 0.1 ? `${filled}?${encodeURIComponent("a[__proto__]")}=%00` : filled;
}

/** The body with one to three of its places made hostile, or a field more. */
function mutated(base: object, random: SeededRandom): unknown {
  const body = structuredClone(base) as Record<string, unknown>;
  const names = Object.keys(body);
  for (let count = random.between(1, 3); count > 0; count -= 1) {
    const atom = ATOMS[random.between(0, ATOMS.length - 1)];
    const where = random.next();
    const name = names[random.between(0, names.length - 1)] ?? "x";
    if (where < 0.6) body[name] = atom;
    else if (where < 0.75) body[nameOf(atom)] = atom;
    else if (where < 0.85) body[name] = [body[name], atom];
    else if (where < 0.95) body[name] = { nested: { deeper: atom } };
    else delete body[name];
  }
  // Nothing that a route without fields would take as good.
  return Object.keys(body).length === 0 ? { nothing: "here" } : body;
}

function nameOf(atom: unknown): string {
  return typeof atom === "string" ? atom.slice(0, 50) : JSON.stringify(atom);
}
