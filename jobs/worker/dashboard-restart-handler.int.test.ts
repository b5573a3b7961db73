import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { enqueueRuns, previewRuns } from "@/jobs/enqueue";
import { jobSettingsOf } from "@/jobs/job-settings";
import { createDoorbell } from "@/jobs/queue";
import { JOBS } from "@/jobs/registry";
import { dashboardOrdering, orderOf } from "@/jobs/testing/dashboard-ordering";
import { dashboardRestartReceiptSchema } from "@/lib/contracts/run-kinds/dashboard-restart";
import { JOB_KINDS } from "@/lib/contracts/runs";
import { listRestarts } from "@/lib/dashboard/list-restarts";
import { createDb, type Db } from "@/lib/db";
import { parseWorkerEnv } from "@/lib/env";
import { createAnnounce } from "@/lib/events/channel";
import { createEventHub } from "@/lib/events/event-hub";
import { createSupervisors } from "@/lib/executors/supervisors";
import { createLogger } from "@/lib/logger";
import { readLogLines } from "@/lib/logs/read-log";
import { createRedactor } from "@/lib/logs/redact";
import { requestCancel } from "@/lib/runs/run-lifecycle";
import { testActor } from "@/lib/testing/test-actor";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";
import { type SandboxDashboard, startSandboxDashboard } from "@/sandbox/testing/sandbox-dashboard";
import {
  REFRESH_TOKEN,
  SANDBOX_CREDENTIALS,
  SANDBOX_TARGET,
} from "@/sandbox/testing/sandbox-dashboard-names";
import { createDashboardRestartHandler } from "./dashboard-restart-handler";
import { type RunExecutors, runExecutor } from "./run-executor";
import { startWorker } from "./run-worker";

const REDIS_URL = requireTestService("BACKCOURT_TEST_REDIS_URL");
const logger = createLogger("restart-test", "fatal");
/** Moves the executor's clock on: its deadline passes when a test says so, however slow the machine is. */
let late = 0;
const now = () => new Date(Date.now() + late);

let database: ThrowawayDatabase;
let db: Db;
let producer: Redis;
let sandbox: SandboxDashboard;
const cleanUps: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  [database, sandbox] = await Promise.all([createConsoleDatabase(), startSandboxDashboard()]);
  db = createDb(database.url, "restart-test");
  producer = new Redis(REDIS_URL);
});
beforeEach(async () => {
  late = 0;
  await db.run.deleteMany();
  await sandbox.mend();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
afterAll(async () => {
  producer.disconnect();
  await db.$disconnect();
  await Promise.all([database.drop(), sandbox.close()]);
  vi.unstubAllEnvs();
});

function environment(): Record<string, string> {
  return {
    DATABASE_URL: database.url,
    WAREHOUSE_URL: sandbox.warehouse.readerUrl,
    REDIS_URL,
    DASHBOARD_REGION: SANDBOX_TARGET.region,
    DASHBOARD_CLUSTER: SANDBOX_TARGET.cluster,
    DASHBOARD_SERVICE: SANDBOX_TARGET.service,
    DASHBOARD_ECS_ENDPOINT: sandbox.ecs.url,
    DASHBOARD_PAGE_URL: `${sandbox.ecs.pageUrl}/`,
    DASHBOARD_HEALTH_URL: `${sandbox.ecs.pageUrl}/internal/health`,
    DASHBOARD_REFRESH_URL: `${sandbox.ecs.pageUrl}/internal/refresh-data`,
    DASHBOARD_HEADER_VALUE: REFRESH_TOKEN,
    DAILY_RUN_WINDOW: "off",
  };
}

function start(): void {
  const env = parseWorkerEnv(environment());
  const connections = [new Redis(REDIS_URL, { maxRetriesPerRequest: null }), new Redis(REDIS_URL)];
  const [queueRedis, subscriber] = connections;
  if (!queueRedis || !subscriber) throw new Error("no connections");
  const handler = createDashboardRestartHandler(
    env,
    jobSettingsOf(env),
    { now, sleep: (ms) => sleep(ms) },
    { ecsMs: 60, pageMs: 30 },
  );
  const worker = startWorker({
    db,
    logger,
    workerId: "w1",
    redis: queueRedis,
    hub: createEventHub(subscriber),
    announce: createAnnounce(producer),
    ring: createDoorbell(producer).ring,
    redact: createRedactor([REFRESH_TOKEN]),
    now,
    sleep: (ms) => sleep(ms),
    concurrency: 4,
    host: "here",
    // Nothing of a restart is kept, and no program is started.
    stateFolder: "/nonexistent",
    supervisors: createSupervisors({ bundle: "", sleep }),
    queueTimeoutHours: 24,
    drainMs: 100,
    rules: { dailyRun: null, secondsPerRequest: 0 },
    // Only runs of this kind are ordered here.
    executors: Object.fromEntries(
      JOB_KINDS.map((kind) => [kind, runExecutor(JOBS["dashboard-restart"].params, handler)]),
    ) as RunExecutors,
  });
  cleanUps.push(async () => {
    await worker.stop();
    for (const connection of connections) connection.disconnect();
  });
}

async function order(mode: "restart" | "refresh" = "restart"): Promise<string> {
  const { runs } = await enqueueRuns(ordering(), {
    order: orderOf(mode, SANDBOX_TARGET.service),
    actor: testActor("op"),
    idempotencyKey: null,
  });
  return runs[0]?.id ?? "none";
}

const ordering = () => dashboardOrdering(db, producer, parseWorkerEnv(environment()));

async function ended(id: string, withinMs = 20_000) {
  await vi.waitFor(
    async () => expect((await db.run.findUniqueOrThrow({ where: { id } })).finishedAt).not.toBeNull(),
    { timeout: withinMs, interval: 50 },
  );
  return db.run.findUniqueOrThrow({ where: { id } });
}

const stops = () => sandbox.ecs.control.stops.map(({ task }) => task.split("/").at(-1));
const currentTask = () => sandbox.ecs.scheduler.live[0]?.id ?? "none";

describe("a restart by the worker", () => {
  it("makes the old page new, and leaves a receipt, a log and a history", async () => {
    const before = await sandbox.read();
    const old = currentTask();
    start();
    const run = await ended(await order());
    expect(run).toMatchObject({ state: "succeeded", lockKey: "dashboard", requestedBy: "op" });
    const receipt = dashboardRestartReceiptSchema.parse(run.receipt);
    const after = await sandbox.read();
    expect(Date.parse(after.dataAsOf ?? "")).toBeGreaterThan(Date.parse(before.dataAsOf ?? ""));
    expect(receipt).toMatchObject({
      recovered: true,
      resumed: false,
      service: SANDBOX_TARGET.service,
      served: { before: { at: before.dataAsOf }, after: { at: after.dataAsOf, source: "health" } },
      page: { ok: true },
      health: { ok: true },
      unserved: { measuredBy: "page", open: false },
    });
    expect(receipt.tasks[0]?.old.arn).toContain(old);
    expect(receipt.tasks[0]?.replacement?.arn).toContain(currentTask());
    const lines = await readLogLines(db, run.id, 0, 1_000);
    expect(
      lines
        .filter(({ channel }) => channel === "stdout")
        .map(({ text }) => text)
        .join("\n"),
    ).toContain(`has started 1 tasks: (task ${currentTask()})`);
    expect(JSON.stringify(lines)).not.toContain(REFRESH_TOKEN);
    const history = await listRestarts(db, { limit: 20 });
    expect(history.restarts).toMatchObject([
      {
        runId: run.id,
        recovered: true,
        unservedSeconds: receipt.unserved?.seconds,
        reason: "the marts are new",
      },
    ]);
    expect(history).toMatchObject({ typicalSeconds: receipt.unserved?.seconds, typicalOf: 1 });
  });

  it("is not ordered without the service's name, though its preview is shown", async () => {
    const preview = await previewRuns(ordering(), orderOf("restart"), testActor("op"));
    expect(preview.runs[0]?.details).toMatchObject({ confirm: SANDBOX_TARGET.service });
    for (const confirm of [undefined, "something else"])
      await expect(
        enqueueRuns(ordering(), {
          order: orderOf("restart", confirm),
          actor: testActor("op"),
          idempotencyKey: null,
        }),
      ).rejects.toMatchObject({ code: "invalid-request", fields: [{ path: "confirm" }] });
    expect(await db.run.count()).toBe(0);
  });

  it("is ordered once by two clicks", async () => {
    expect(await order()).toBe(await order());
  });

  it("refreshes without stopping anything", async () => {
    await sandbox.read();
    const task = currentTask();
    start();
    const run = await ended(await order("refresh"));
    expect(run).toMatchObject({ state: "succeeded", outcome: expect.stringContaining("without downtime") });
    expect(currentTask()).toBe(task);
    expect(stops()).toEqual([]);
  });

  it.each([
    ["desired 0", { desired: 0 }, "desired count is 0"],
    ["a deployment", { deployment: "in-progress" as const }, "wait until it is completed"],
    ["expired credentials", { expired: true }, "aws sso login"],
    ["no permission", { deny: ["ListTasks" as const] }, "may not do ecs:ListTasks"],
  ])("is refused with %s, which says what to do, and stops nothing", async (_name, faults, words) => {
    sandbox.fault(faults);
    start();
    const run = await ended(await order());
    expect(run).toMatchObject({ state: "refused", outcome: expect.stringContaining(words) });
    expect(run.outcome).not.toMatch(/\n|\bat \S+:\d+/);
    expect(stops()).toEqual([]);
  });

  it("fails as not recovered when the time is over, with the service's events", async () => {
    sandbox.fault({ replacementFails: true });
    start();
    const id = await order();
    const text = async () => JSON.stringify(await readLogLines(db, id, 0, 1_000));
    await vi.waitFor(async () => expect(await text()).toContain("STOPPED, CannotPull"), { timeout: 15_000 });
    late = 11 * 60_000;
    const run = await ended(id);
    expect(run.state).toBe("failed");
    expect(run.outcome).toMatch(/^Not recovered: .*The service's last events: .*has started 1 tasks/);
    const receipt = dashboardRestartReceiptSchema.parse(run.receipt);
    expect(receipt).toMatchObject({ recovered: false, unserved: { open: true } });
    expect(stops()).toHaveLength(1);
  });

  it("that is cancelled stops waiting, and says what stands", async () => {
    sandbox.fault({ noReplacement: true });
    start();
    const id = await order();
    await sandbox.until("the task is stopped", ({ scheduler }) => scheduler.live.length === 0);
    expect(await requestCancel(db, id, "op")).toBe("requested");
    const run = await ended(id);
    expect(run).toMatchObject({ state: "cancelled", outcome: expect.stringContaining("0 of 1 tasks run") });
  });

  it("lets a second restart wait for the first", async () => {
    sandbox.fault({ noReplacement: true });
    start();
    await order();
    await sandbox.until("the task is stopped", ({ scheduler }) => scheduler.live.length === 0);
    const second = await order("refresh");
    await sleep(200);
    expect((await db.run.findUniqueOrThrow({ where: { id: second } })).state).toBe("queued");
    sandbox.fault({});
    expect(await ended(second)).toMatchObject({ state: "succeeded" });
  });
});

describe("a worker killed in the middle", () => {
  function spawnWorker(): ChildProcess {
    const child = spawn(process.execPath, ["--import", "tsx", "jobs/worker/main.ts"], {
      env: { PATH: process.env.PATH ?? "", NODE_ENV: "test", ...SANDBOX_CREDENTIALS, ...environment() },
      stdio: "ignore",
    });
    cleanUps.push(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    });
    return child;
  }

  it("is followed by another, which sees the new task through and stops no second one", async () => {
    sandbox.fault({ noReplacement: true });
    const old = currentTask();
    const first = spawnWorker();
    const id = await order();
    await sandbox.until("the task is stopped", ({ scheduler }) => scheduler.live.length === 0);
    first.kill("SIGKILL");
    await once(first, "exit");
    // Its lease would end by itself after half a minute.
    await db.$executeRaw`update backcourt.run set lease_until = now() - interval '1 second' where id = ${id}::uuid`;
    sandbox.fault({});
    start();
    const run = await ended(id);
    expect(run).toMatchObject({ state: "succeeded", attempt: 2, worker: "w1" });
    expect(dashboardRestartReceiptSchema.parse(run.receipt)).toMatchObject({
      resumed: true,
      recovered: true,
    });
    expect(stops()).toEqual([old]);
    const lines = await readLogLines(db, id, 0, 1_000);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
  }, 60_000);
});
