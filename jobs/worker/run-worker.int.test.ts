import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { v7 as uuidv7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDoorbell } from "@/jobs/queue";
import { JOBS } from "@/jobs/registry";
import type { BackfillParams } from "@/lib/contracts/run-kinds/backfill";
import { JOB_KINDS } from "@/lib/contracts/runs";
import { createDb, type Db } from "@/lib/db";
import { createAnnounce } from "@/lib/events/channel";
import { createEventHub } from "@/lib/events/event-hub";
import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { createLogger } from "@/lib/logger";
import { readLogLines } from "@/lib/logs/read-log";
import { createRedactor } from "@/lib/logs/redact";
import { requestCancel } from "@/lib/runs/run-lifecycle";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";
import type { BackfillMeasurement } from "@/lib/warehouse/measure-backfill";
import { explainBackfill } from "./explain-backfill";
import { judgeBackfill } from "./judge-backfill";
import { type RunExecutors, runExecutor } from "./run-executor";
import type { RunHandler } from "./run-handler";
import { type RunningWorker, startWorker } from "./run-worker";
import { startProgram } from "./start-program";

const REDIS_URL = requireTestService("BACKCOURT_TEST_REDIS_URL");
const PYTHON = requireTestService("BACKCOURT_TEST_PYTHON");
const logger = createLogger("worker-test", "fatal");

let database: ThrowawayDatabase;
let db: Db;
let producer: Redis;
const cleanUps: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "worker-test");
  producer = new Redis(REDIS_URL);
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
afterAll(async () => {
  producer.disconnect();
  await db.$disconnect();
  await database.drop();
});

/** A program that stands for the ingestion. */
function program(code: string): string[] {
  return [PYTHON, "-c", code];
}

/** A date whose three games arrive once `arrived()` says so. */
function handlerFor(argv: string[], arrived: () => boolean): RunHandler<BackfillParams, BackfillMeasurement> {
  return {
    plan: () => ({ executor: "process", argv, cwd: "/" }),
    timeoutMs: 10_000,
    start: async (run) =>
      startProgram(run, { env: { PATH: process.env.PATH ?? "" }, sleep: (ms) => sleep(ms) }),
    measure: async () => measurement(arrived()),
    judge: (evidence) => judgeBackfill({ ...evidence, timeoutMinutes: 1 }),
    explain: explainBackfill,
  };
}

function measurement(present: boolean): BackfillMeasurement {
  const source = (rows: number) => ({ present, rows: present ? rows : 0, newest: null });
  return {
    measuredAt: new Date().toISOString(),
    state: present ? "whole" : "missing",
    games: ["ATL @ BOS", "LAL @ PHX"].map((game) => ({
      game,
      standing: "expected",
      boxscores: source(25),
      pbp: source(125),
    })),
    advice: { stage: "none", step: "none", text: "", command: null, dbt: null },
  };
}

function start(handler: RunHandler<BackfillParams, BackfillMeasurement>, name = "w1"): RunningWorker {
  const connections = [new Redis(REDIS_URL, { maxRetriesPerRequest: null }), new Redis(REDIS_URL)];
  const [queueRedis, subscriber] = connections;
  if (!queueRedis || !subscriber) throw new Error("no connections");
  const worker = startWorker({
    db,
    logger,
    workerId: name,
    redis: queueRedis,
    hub: createEventHub(subscriber),
    announce: createAnnounce(producer),
    ring: createDoorbell(producer).ring,
    redact: createRedactor(["s3cret-pw"]),
    now: () => new Date(),
    sleep: (ms) => sleep(ms),
    concurrency: 4,
    drainMs: 100,
    rules: { dailyRun: null, secondsPerRequest: 0 },
    // The loop treats every kind alike: runs of one are enough here.
    executors: Object.fromEntries(
      JOB_KINDS.map((kind) => [kind, runExecutor(JOBS.backfill.params, handler)]),
    ) as RunExecutors,
  });
  cleanUps.push(async () => {
    await worker.stop();
    for (const connection of connections) connection.disconnect();
  });
  return worker;
}

async function queueRun(argv: string[]): Promise<string> {
  const id = uuidv7();
  await db.run.create({
    data: {
      id,
      kind: "backfill",
      params: { runDate: "2026-11-21" },
      title: "Backfill",
      gameDate: "2026-11-21",
      argv,
      cwd: "/",
      lockKey: "ingestion",
      targetKey: `backfill:${id}`,
      requestedBy: "test",
    },
  });
  return id;
}

async function waitForState(id: string, state: string): Promise<void> {
  await vi.waitFor(
    async () => expect((await db.run.findUniqueOrThrow({ where: { id } })).state).toBe(state),
    { timeout: 15_000, interval: 50 },
  );
}

async function textOf(id: string): Promise<string[]> {
  return (await readLogLines(db, id, 0, 10_000)).map((line) => line.text);
}

describe("startWorker", () => {
  it("executes a run whose doorbell was lost, keeps its log in order, and judges its effect", async () => {
    const arrival = join(mkdtempSync(join(tmpdir(), "backcourt-")), "arrived");
    const argv = program(
      `import sys\nprint('one')\nprint('pw is s3cret-pw')\nprint('[INFO] two', file=sys.stderr)\nopen('${arrival}', 'w').close()`,
    );
    start(handlerFor(argv, () => existsSync(arrival)));
    const id = await queueRun(argv);
    await waitForState(id, "succeeded");
    const text = await textOf(id);
    expect(text).toEqual(
      expect.arrayContaining(["one", "pw is ***", "[INFO] two", expect.stringMatching(/^exit 0 after/)]),
    );
    const lines = await readLogLines(db, id, 0, 10_000);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
    const run = await db.run.findUniqueOrThrow({ where: { id } });
    expect(run).toMatchObject({ exitCode: 0, attempt: 1, logLines: lines.length, worker: "w1" });
  });

  it("calls exit 0 without an effect `no_effect`, and keeps the line that explains it", async () => {
    const argv = program(
      'print("[ERROR] Box Scores Function Failed, Box Scores aren\'t available yet for 2026-11-21")',
    );
    start(handlerFor(argv, () => false));
    const id = await queueRun(argv);
    await waitForState(id, "no_effect");
    const { receipt } = await db.run.findUniqueOrThrow({ where: { id } });
    expect(receipt).toMatchObject({ explainedBy: { text: expect.stringContaining("aren't available yet") } });
  });

  it("starts a run once, though two workers hear a hundred doorbells", async () => {
    const argv = program("print('started')");
    const handler = handlerFor(argv, () => false);
    start(handler, "a");
    start(handler, "b");
    const doorbell = createDoorbell(producer);
    const id = await queueRun(argv);
    await Promise.all(Array.from({ length: 100 }, () => doorbell.ring("backfill", id)));
    await waitForState(id, "no_effect");
    expect((await textOf(id)).filter((text) => text === "started")).toHaveLength(1);
    expect(await db.run.findUniqueOrThrow({ where: { id } })).toMatchObject({ attempt: 1 });
  });

  it("never runs two of one lock key at once, and runs all of them", async () => {
    const argv = program(
      "import time\nprint('start', time.time())\ntime.sleep(0.2)\nprint('end', time.time())",
    );
    start(handlerFor(argv, () => false));
    const ids = [await queueRun(argv), await queueRun(argv), await queueRun(argv)];
    for (const id of ids) await waitForState(id, "no_effect");
    const spans = await Promise.all(
      ids.map(async (id) => {
        const text = await textOf(id);
        const at = (word: string) => Number(text.find((line) => line.startsWith(word))?.split(" ")[1]);
        return [at("start"), at("end")] as const;
      }),
    );
    const ordered = spans.sort(([a], [b]) => a - b);
    for (let i = 1; i < ordered.length; i += 1)
      expect(ordered[i]?.[0]).toBeGreaterThanOrEqual(ordered[i - 1]?.[1] ?? 0);
  });

  it("cancels a run across processes: nothing of it is left, and its lock is free", async () => {
    const argv = program(
      "import subprocess, time\nsubprocess.Popen(['sleep', '300'], start_new_session=True)\nprint('up', flush=True)\ntime.sleep(300)",
    );
    start(handlerFor(argv, () => false));
    const id = await queueRun(argv);
    await vi.waitFor(async () => expect(await textOf(id)).toContain("up"), { timeout: 10_000 });
    expect(findProcessesOfRun(id)).toHaveLength(2);
    expect(await requestCancel(db, id, "op")).toBe("requested");
    await waitForState(id, "cancelled");
    expect(findProcessesOfRun(id)).toEqual([]);
    const next = await queueRun(program("print('next')"));
    await waitForState(next, "refused");
  });

  it("refuses a run whose command is not the one it would run itself", async () => {
    start(handlerFor(program("print('mine')"), () => false));
    const id = await queueRun(program("print('another')"));
    await waitForState(id, "refused");
    const text = await textOf(id);
    expect(text).not.toContain("another");
    expect((await db.run.findUniqueOrThrow({ where: { id } })).outcome).toContain("not what was confirmed");
  });

  it("ends a run as interrupted when it is shut down, and takes its program along", async () => {
    const argv = program("print('up', flush=True)\nimport time\ntime.sleep(300)");
    const worker = start(handlerFor(argv, () => false));
    const id = await queueRun(argv);
    await vi.waitFor(async () => expect(await textOf(id)).toContain("up"), { timeout: 10_000 });
    await worker.stop();
    await waitForState(id, "interrupted");
    expect(findProcessesOfRun(id)).toEqual([]);
  });

  it("keeps the log of a program that writes a hundred thousand lines, cut with a marker, every line once", async () => {
    const argv = program("for i in range(210_000): print('line', i)");
    start(handlerFor(argv, () => false));
    const id = await queueRun(argv);
    await waitForState(id, "no_effect");
    const run = await db.run.findUniqueOrThrow({ where: { id } });
    expect(run.logTruncated).toBe(true);
    const tail = await readLogLines(db, id, run.logLines - 4, 10);
    expect(tail.map(({ text }) => text)[0]).toContain("log truncated");
    const numbers: number[] = [];
    for (let after = 0; after < run.logLines; ) {
      const lines = await readLogLines(db, id, after, 20_000);
      after = lines.at(-1)?.seq ?? run.logLines;
      for (const { text } of lines) if (text.startsWith("line ")) numbers.push(Number(text.slice(5)));
    }
    expect(numbers.every((number, index) => number === index)).toBe(true);
    expect(numbers.length).toBeGreaterThan(199_000);
  });
});
