import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Queue } from "bullmq";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openCuttableNetwork } from "@/e2e/stack/cuttable-network";
import { createDoorbell, queueName } from "@/jobs/queue";
import { createDb } from "@/lib/db";
import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { createLogger } from "@/lib/logger";
import { createRedis } from "@/lib/redis/create-redis";
import { claimRun, requestCancel } from "@/lib/runs/run-lifecycle";
import { runFolderOf } from "@/lib/runs/state-folder";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { handlerFor, WorkerStand } from "@/sandbox/testing/worker-stand";

const PYTHON = requireTestService("BACKCOURT_TEST_PYTHON");
let stand: WorkerStand;
let notes: string;
const cleanUps: (() => unknown)[] = [];

beforeAll(async () => {
  stand = await WorkerStand.open();
});
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "backcourt-test-"));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  notes = join(folder, "notes");
  appendFileSync(notes, "");
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await stand.stopWorkers();
  await stand.db.run.deleteMany();
});
afterAll(() => stand.close());

/** Notes its start, says `up`, waits for `<notes>.go`, then ends. */
const waiting = () => [
  PYTHON,
  "-c",
  "import os, sys, time\nopen(sys.argv[1], 'a').write('start\\n')\nprint('up', flush=True)\nwhile not os.path.exists(sys.argv[1] + '.go'): time.sleep(0.05)\nprint('went', flush=True)",
  notes,
];
const go = () => appendFileSync(`${notes}.go`, "");
const starts = () => readFileSync(notes, "utf8").split("\n").filter(Boolean).length;

describe("a run whose worker was lost", () => {
  it("between its claim and the start goes back to the queue, and is started once", async () => {
    const argv = waiting();
    const id = await stand.queueRun(argv);
    const rules = { dailyRun: null, secondsPerRequest: 0 };
    await claimRun(stand.db, { runId: id, kind: "backfill", worker: "dead", token: randomUUID(), rules });
    await stand.db.$executeRaw`update backcourt.run set lease_until = now() - interval '1 second'`;
    stand.start(handlerFor(argv));
    await stand.said(id, "up");
    go();
    const run = await stand.reached(id, "no_effect");
    expect(run).toMatchObject({ attempt: 2, worker: "w1" });
    expect(starts()).toBe(1);
  });
});

describe("an end that is asked for before the program has been started", () => {
  it.each([
    ["while the state before it is measured", { measure: () => new Promise<never>(() => undefined) }],
    [
      "while it is prepared",
      {
        start: (run: { signal: AbortSignal }) =>
          new Promise<never>((_, reject) =>
            run.signal.addEventListener("abort", () => reject(new Error("aborted"))),
          ),
      },
    ],
  ])("is heeded at once %s", async (_name, changes) => {
    const argv = waiting();
    stand.start(handlerFor(argv, () => false, changes));
    const id = await stand.queueRun(argv);
    await vi.waitFor(async () => expect((await stand.run(id)).state).toBe("running"), { timeout: 10_000 });
    // Not announced: the heartbeat sees it, as it does when Redis is away.
    await requestCancel(stand.db, id, "op");
    const run = await stand.reached(id, "cancelled");
    expect(run.outcome).toBe("Cancelled before the program started; nothing ran.");
    expect(starts()).toBe(0);
  });
});

describe("doorbells", () => {
  it("that are forged have no effect, and a hundred true ones start a run once", async () => {
    const argv = waiting();
    stand.start(handlerFor(argv));
    stand.start(handlerFor(argv), { workerId: "w2" });
    const queue = new Queue(queueName("backfill"), { connection: stand.producer });
    cleanUps.push(() => queue.close());
    const id = await stand.queueRun(argv);
    const forged = [
      null,
      "text",
      {},
      { runId: 7 },
      { runId: "no-uuid" },
      { runId: randomUUID() },
      { runId: id, argv: ["rm"] },
      { runId: `${id}' or true --` },
    ];
    await queue.addBulk(forged.map((data) => ({ name: "backfill", data })));
    await Promise.all(Array.from({ length: 100 }, () => stand.doorbell.ring("backfill", id)));
    await stand.said(id, "up");
    go();
    await stand.reached(id, "no_effect");
    expect(starts()).toBe(1);
    expect(await stand.run(id)).toMatchObject({ attempt: 1, argv });
  });

  it("say that Redis hangs, and that it is back", async () => {
    const network = await openCuttableNetwork(requireTestService("BACKCOURT_TEST_REDIS_URL"));
    const redis = createRedis(network.url, "producer", createLogger("redis-test", "fatal"));
    cleanUps.push(
      () => network.close(),
      () => redis.disconnect(),
    );
    const doorbell = createDoorbell(redis);
    await vi.waitFor(() => expect(redis.status).toBe("ready"));
    // A run that nobody knows: the doorbell alone is tried.
    expect(await doorbell.ring("ml", randomUUID())).toBe(true);
    expect(doorbell.up()).toBe(true);
    network.hang();
    expect(await doorbell.ring("ml", randomUUID())).toBe(false);
    expect(redis.status).toBe("ready");
    expect(doorbell.up()).toBe(false);
    // One wait was enough: what else a click needs of Redis fails at once.
    await expect(redis.ping()).rejects.toThrow("Redis hangs");
    network.mend();
    await vi.waitFor(() => expect(doorbell.up()).toBe(true), { timeout: 10_000 });
  });
});

describe("a worker that is told to stop", () => {
  it("lets a run end within its drain time, takes no other, and may be told twice", async () => {
    const argv = waiting();
    const worker = stand.start(handlerFor(argv), { drainMs: 60_000 });
    const id = await stand.queueRun(argv);
    await stand.said(id, "up");
    const next = await stand.queueRun(argv);
    const stopped = worker.stop();
    await stand.doorbell.ring("backfill", next);
    const again = worker.stop();
    go();
    await Promise.all([stopped, again]);
    expect(await stand.run(id)).toMatchObject({ state: "no_effect", exitCode: 0 });
    expect(await stand.run(next)).toMatchObject({ state: "queued", attempt: 0 });
    expect(findProcessesOfRun(id)).toEqual([]);
  });
});

describe("a worker that is told to stop before a program was started", () => {
  it("gives the run back, and another starts it once", async () => {
    const argv = waiting();
    const measuring = () => new Promise<never>(() => undefined);
    const worker = stand.start(handlerFor(argv, () => false, { measure: measuring }));
    const id = await stand.queueRun(argv);
    await stand.reached(id, "running");
    await worker.stop();
    expect(await stand.run(id)).toMatchObject({ state: "queued", attempt: 0, worker: null, startedAt: null });
    stand.start(handlerFor(argv), { workerId: "w2" });
    await stand.said(id, "up");
    go();
    expect(await stand.reached(id, "no_effect")).toMatchObject({ attempt: 1, worker: "w2" });
    expect(starts()).toBe(1);
    const text = await stand.log(id);
    expect(text).toContain("the worker stops before the program was started: back to the queue");
  });
});

describe("a database that goes away in mid-run", () => {
  it("gets the outcome when it is back, also when the lease had lapsed, from the worker that ran it", async () => {
    const network = await openCuttableNetwork(stand.database.url);
    const through = createDb(network.url, "cut-worker");
    cleanUps.push(
      () => network.close(),
      () => through.$disconnect(),
    );
    const argv = waiting();
    stand.start(handlerFor(argv), { db: through });
    stand.start(handlerFor(argv), { db: through, workerId: "w2" });
    const id = await stand.queueRun(argv);
    await stand.said(id, "up");
    const { worker } = await stand.run(id);
    network.cut();
    await stand.db.$executeRaw`update backcourt.run set lease_until = now() - interval '1 second'`;
    go();
    // The program's end, its measurement and the record all come to a database that is away.
    await vi.waitFor(() => expect(findProcessesOfRun(id)).toEqual([]), { timeout: 10_000 });
    expect(await stand.run(id)).toMatchObject({ state: "running", settler: null });
    network.mend();
    const run = await stand.reached(id, "no_effect", 25_000);
    expect(run).toMatchObject({ worker, settler: null, attempt: 1, exitCode: 0 });
    const text = await stand.log(id);
    expect(text.filter((line) => line === "went")).toHaveLength(1);
    expect(starts()).toBe(1);
  });
});

describe("a defect of the worker's own", () => {
  it.each([
    [
      "before the start",
      { measure: () => Promise.reject(new TypeError("of undefined")) },
      "refused",
      "Nothing was started: the worker met an error of its own (of undefined). Its log says more.",
    ],
    [
      "after the end",
      {
        judge: () => {
          throw new TypeError("of undefined");
        },
      },
      "interrupted",
      "The worker met an error of its own while this ran (of undefined); the effect is not known. Running it again is safe.",
    ],
  ] as const)("%s is told at once, and frees the lock", async (_name, changes, state, outcome) => {
    const argv = ["true"];
    stand.start(handlerFor(argv, () => false, changes));
    const run = await stand.reached(await stand.queueRun(argv), state);
    expect(run).toMatchObject({ outcome, attempt: 1 });
  });
});

describe("a worker whose disk is full", () => {
  it("starts nothing, and says why", async () => {
    const argv = waiting();
    const id = await stand.queueRun(argv);
    const folder = runFolderOf(stand.supervision.stateFolder, id);
    await mkdir(folder, { recursive: true });
    // A device that is always full.
    symlinkSync("/dev/full", join(folder, "record.json.new"));
    stand.start(handlerFor(argv));
    const run = await stand.reached(id, "refused");
    expect(run.outcome).toBe(
      `Nothing was started. The worker cannot write its records in ${folder}: no space left on device.`,
    );
    expect(starts()).toBe(0);
    // Behind the record.
    await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 10_000 });
  });
});
