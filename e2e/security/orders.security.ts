import { readdirSync, readFileSync } from "node:fs";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { queueName } from "@/jobs/queue";
import { JOB_KINDS } from "@/lib/contracts/runs";
import { createDb, type Db } from "@/lib/db";
import { OPERATIONS } from "./all-routes";
import { processesOf } from "./processes-of";
import { outputOf, STACK, send } from "./send";

const GOOD_DATE = "2026-11-01";

let db: Db;
beforeAll(async () => {
  db = createDb(STACK.databaseUrl, "security-orders");
  // The worker has looked at the dbt project: only then are its names known.
  await vi.waitFor(
    async () => {
      const known = await preview({ kind: "dbt", params: [{ select: [], fullRefresh: false }] });
      if (known.status !== 200) throw new Error(known.text);
    },
    { timeout: 50_000, interval: 200 },
  );
});
afterAll(() => db?.$disconnect());

const order = (body: unknown) => send({ method: "POST", path: "/api/runs", as: "admin", body });
const preview = (body: unknown) => send({ method: "POST", path: "/api/runs/preview", as: "admin", body });

/** Refused with its reason, and nothing has come of it. */
async function expectRefused(body: unknown, field: RegExp): Promise<void> {
  const before = await db.run.count();
  for (const attempt of [order, preview]) {
    const answer = await attempt(body);
    expect([body, answer.status, answer.code]).toEqual([body, 400, "invalid-request"]);
    const { error } = JSON.parse(answer.text);
    expect(error.message.length).toBeGreaterThan(10);
    expect((error.fields ?? []).map(({ path }: { path: string }) => path).join(" ")).toMatch(field);
  }
  expect(await db.run.count()).toBe(before);
}

describe("12. a date that is none", () => {
  const soon = new Date(Date.now() + 32 * 86_400_000).toISOString().slice(0, 10);
  it.each([
    "2025-02-30",
    "--help",
    "-h",
    ";id",
    "2026-11-01;id",
    "2026-11-01\n",
    "\n2026-11-01",
    "2026-11-01 ",
    "٢٠٢٦-١١-٠١",
    "1800-01-01",
    "0000-00-00",
    soon,
    "2026-11-1",
    "26-11-01",
    "20261101",
    "2026-11-01T00:00:00Z",
    "2026-11-01\u0000",
    "$(date)",
    "`id`",
    "yesterday",
    "",
    "9999-12-31",
  ])("%j: 400", (runDate) => expectRefused({ kind: "backfill", params: [{ runDate }] }, /params\.0/));

  it.each([null, 20261101, ["2026-11-01"], { date: "2026-11-01" }, true])("%j: 400", (runDate) =>
    expectRefused({ kind: "backfill", params: [{ runDate }] }, /params\.0/),
  );
});

describe("13. a selection that is none", () => {
  it.each([
    "a+ --target dev",
    "-f",
    "--vars",
    "--vars={}",
    "--profiles-dir",
    "--profiles-dir=/tmp",
    "--full-refresh",
    "--target",
    "*",
    "@",
    "@fact_boxscores",
    "path:models",
    "path:../../etc",
    "state:modified",
    "config.materialized:table",
    "fact_boxscores --target dev",
    "fact_boxscores,standings",
    "fact_boxscores\n--target\ndev",
    "+-f",
    "−f",
    "nobody_has_this",
  ])("%j: 400", (selector) =>
    expectRefused({ kind: "dbt", params: [{ select: [selector], fullRefresh: false }] }, /select/),
  );

  it("what is one becomes whole arguments, and the target is ours and the last", async () => {
    const answer = await preview({
      kind: "dbt",
      params: [{ select: ["fact_boxscores+"], fullRefresh: false }],
    });
    expect(answer.status).toBe(200);
    const [{ argv }] = JSON.parse(answer.text).runs;
    expect(argv.slice(-2)).toEqual(["--target", "prod"]);
    expect(argv.filter((argument: string) => argument === "--target")).toHaveLength(1);
    expect(argv).toContain("fact_boxscores+");
  });
});

describe("14. shell metacharacters", () => {
  it("reach no shell: what starts programs takes lists of arguments and never asks for one", () => {
    const sources = ["app", "jobs", "lib"].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.includes("generated"))
        .map((name) => `${folder}/${name}`),
    );
    const starters = sources.filter((file) => /from "node:child_process"/.test(readFileSync(file, "utf8")));
    expect(starters.length).toBeGreaterThan(0);
    for (const file of starters) {
      const text = readFileSync(file, "utf8");
      expect([
        file,
        /\bshell:/.test(text),
        /\bexec(Sync)?\(/.test(text),
        /["'](\/bin\/)?(ba)?sh["']/.test(text),
      ]).toEqual([file, false, false, false]);
      expect([file, /^app\//.test(file)]).toEqual([file, false]);
    }
  });

  it("in a reason are text: stored, and in no argument", async () => {
    const reason = '$(touch /tmp/owned); `id` && rm -rf "$HOME" | cat';
    const answer = await order({ kind: "backfill", params: [{ runDate: GOOD_DATE }], reason });
    expect(answer.status).toBe(202);
    const [{ id }] = JSON.parse(answer.text).runs;
    const run = await db.run.findUniqueOrThrow({ where: { id } });
    expect(run.reason).toBe(reason);
    expect(run.argv.slice(-2)).toEqual(["--run_date", GOOD_DATE]);
    const entry = await db.auditEntry.findFirstOrThrow({ where: { runId: id } });
    expect([entry.reason, entry.argv]).toEqual([reason, run.argv]);
    await ended(id);
  });
});

describe("16. fields that nobody asked for", () => {
  /** Bodies that are good but for one field; the others are refused for their first own field anyway. */
  const NEARLY: Record<string, object> = {
    "POST /api/runs": { kind: "backfill", params: [{ runDate: GOOD_DATE }] },
    "POST /api/runs/preview": { kind: "backfill", params: [{ runDate: GOOD_DATE }] },
    "POST /api/auth/sign-in/email": { email: "a@backcourt.test", password: "x" },
    "POST /api/dbt/presets": { name: "x", selectors: ["fact_boxscores"], fullRefresh: false },
  };
  const WITH_BODY = OPERATIONS.filter(({ declaration }) => declaration.body);

  it.each(WITH_BODY.map(({ method, path }) => `${method} ${path}`))("%s: 400", async (name) => {
    const [method = "", path = ""] = name.split(" ");
    const answer = await send({
      method,
      path: path.replace(/\[\w+\]/g, "018f0000-0000-7000-8000-00000000dead"),
      as: "admin",
      body: { ...NEARLY[name], isAdmin: true },
    });
    expect([answer.status, answer.code]).toEqual([400, "invalid-request"]);
    expect(answer.text).toContain("isAdmin");
  });

  it("within a parameter, and in an address", async () => {
    await expectRefused({ kind: "backfill", params: [{ runDate: GOOD_DATE, argv: ["id"] }] }, /params\.0/);
    for (const path of ["/api/runs?isAdmin=1", "/api/audit?isAdmin=1", "/api/predictions?isAdmin=1"])
      expect([path, (await send({ path, as: "admin" })).status]).toEqual([path, 400]);
  });

  it("under names that JavaScript gives a meaning", async () => {
    for (const body of [
      '{"__proto__":{"role":"admin"},"kind":"backfill","params":[]}',
      '{"constructor":{"prototype":{}},"kind":"backfill","params":[]}',
    ])
      expect((await order(body)).status).toBe(400);
    expect(({} as { role?: string }).role).toBeUndefined();
  });
});

describe("25. a forged message in the queue", () => {
  it("starts nothing, whatever it says, and the worker goes on", async () => {
    const finished = await db.run.create({
      data: {
        kind: "backfill",
        params: { runDate: GOOD_DATE },
        title: "ended long ago",
        state: "succeeded",
        argv: ["id"],
        cwd: "/",
        lockKey: "ingestion",
        targetKey: "ended-long-ago",
        requestedBy: "nobody",
      },
    });
    const before = await db.run.findMany({ orderBy: { id: "asc" } });
    const connection = new Redis(STACK.redisUrl, { maxRetriesPerRequest: null });
    const forged = [
      { runId: uuidv7() },
      { runId: finished.id },
      { runId: finished.id, argv: ["touch", "/tmp/owned"], force: true },
      { runId: "'; drop table backcourt.run; --" },
      { runId: ["a", "b"] },
      { argv: ["touch", "/tmp/owned"], cwd: "/" },
      {},
      null,
      "text",
      { runId: "x".repeat(100_000) },
    ];
    try {
      for (const kind of JOB_KINDS) {
        const queue = new Queue(queueName(kind), { connection });
        for (const data of forged)
          await queue.add("run", data, { removeOnComplete: true, removeOnFail: true });
        await expect
          .poll(() => queue.getJobCountByTypes("waiting", "active", "prioritized", "delayed"), {
            timeout: 30_000,
          })
          .toBe(0);
        await queue.close();
      }
    } finally {
      connection.disconnect();
    }
    expect(await db.run.findMany({ orderBy: { id: "asc" } })).toEqual(before);
    expect(processesOf(STACK.workerPid)).toEqual([]);
    // It still takes what is ordered.
    const answer = await order({ kind: "backfill", params: [{ runDate: "2026-11-02" }] });
    await ended(JSON.parse(answer.text).runs[0].id);
    expect(await outputOf("worker")).not.toContain("uncaught");
  });
});

describe("28. what must be typed to be meant", () => {
  it.each<[string, unknown]>([
    [
      "a full refresh of everything, unconfirmed",
      { kind: "dbt", params: [{ select: [], fullRefresh: true }], reason: "because" },
    ],
    [
      "a full refresh of everything, wrongly confirmed",
      { kind: "dbt", params: [{ select: [], fullRefresh: true }], reason: "because", confirm: "yes" },
    ],
    [
      "a full refresh of everything without a reason",
      { kind: "dbt", params: [{ select: [], fullRefresh: true }], confirm: "nba" },
    ],
    ["a restart, unconfirmed", { kind: "dashboard-restart", params: [{ mode: "restart" }] }],
    [
      "a restart, wrongly confirmed",
      { kind: "dashboard-restart", params: [{ mode: "restart" }], confirm: "dashboard " },
    ],
  ])("%s: 400, and nothing is stored", async (_name, body) => {
    const before = await db.run.count();
    const answer = await order(body);
    expect([answer.status, answer.code]).toEqual([400, "invalid-request"]);
    expect(await db.run.count()).toBe(before);
    const entry = await db.auditEntry.findFirstOrThrow({ orderBy: { id: "desc" } });
    expect(entry).toMatchObject({ action: "run.create", result: "invalid-request", actor: "Ada Admin" });
  });
});

async function ended(id: string): Promise<void> {
  await expect
    .poll(async () => (await db.run.findUniqueOrThrow({ where: { id } })).finishedAt, { timeout: 60_000 })
    .not.toBeNull();
}
