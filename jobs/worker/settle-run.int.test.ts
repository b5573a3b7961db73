import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { BackfillParams } from "@/lib/contracts/run-kinds/backfill";
import { createDb, type Db } from "@/lib/db";
import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { startSupervisor } from "@/lib/executors/supervised-process";
import { readRecord } from "@/lib/executors/supervisor/read-record";
import { createSupervisors } from "@/lib/executors/supervisors";
import { createLogger } from "@/lib/logger";
import { readLogLines } from "@/lib/logs/read-log";
import { takeLostRun } from "@/lib/runs/lost-runs";
import { runFolderOf } from "@/lib/runs/state-folder";
import { createRunningRun } from "@/lib/testing/running-run";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "@/lib/testing/throwaway-database";
import type { BackfillMeasurement } from "@/lib/warehouse/measure-backfill";
import { prepareSupervision, type TestSupervision } from "@/sandbox/testing/supervisor-bundle";
import type { ExecutionContext } from "./claimed-run";
import { endSessions } from "./end-sessions";
import { explainBackfill } from "./explain-backfill";
import { judgeBackfill } from "./judge-backfill";
import type { RunHandler } from "./run-handler";
import { settleRun } from "./settle-run";
import { sessionName } from "./start-program";

const POSTGRES_URL = requireTestService("BACKCOURT_TEST_POSTGRES_URL");
const DATE = "2026-11-21";

let database: ThrowawayDatabase;
let db: Db;
let testing: TestSupervision;
let context: ExecutionContext;
const cleanUps: (() => unknown)[] = [];

beforeAll(async () => {
  database = await createConsoleDatabase();
  db = createDb(database.url, "settle-test");
  testing = await prepareSupervision();
  context = {
    db,
    announce: async () => true,
    ring: async () => true,
    redact: (text) => text,
    logger: createLogger("settle-test", "fatal"),
    now: () => new Date(),
    sleep: (ms) => sleep(ms),
    host: "here",
    stateFolder: testing.stateFolder,
    supervisors: createSupervisors({ bundle: testing.bundle, sleep }),
  };
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
afterAll(async () => {
  testing.remove();
  await db.$disconnect();
  await database.drop();
});

function measurement(present: boolean): BackfillMeasurement {
  const source = { present, rows: present ? 25 : 0, newest: null };
  return {
    measuredAt: new Date().toISOString(),
    state: present ? "whole" : "missing",
    games: [{ game: "ATL @ BOS", standing: "expected", boxscores: source, pbp: source }],
    advice: { stage: "none", step: "none", text: "", command: null, dbt: null },
  };
}

function handlerThatFinds(
  present: boolean,
  changes: Partial<RunHandler<BackfillParams, BackfillMeasurement>> = {},
): RunHandler<BackfillParams, BackfillMeasurement> {
  return {
    plan: () => null,
    timeoutMs: 1,
    startsProgram: true,
    start: () => Promise.reject(new Error("a lost run is never started again")),
    measure: async () => measurement(present),
    recollect: async () => null,
    judge: (evidence) => judgeBackfill({ ...evidence, timeoutMinutes: 1 }),
    explain: explainBackfill,
    ...changes,
  };
}

/** A run whose lease has passed, on this machine; `argv` under a supervisor as its worker had started it. */
async function lostRun(argv: string[] | null = null) {
  const { runId } = await createRunningRun(db, {
    worker: "w1",
    attempt: 1,
    programStartedAt: new Date(),
    programHost: "here",
    measuredBefore: measurement(false),
    leaseUntil: new Date(0),
  });
  const folder = runFolderOf(testing.stateFolder, runId);
  mkdirSync(folder, { recursive: true });
  if (argv === null) return { runId, folder, execution: null, loseWorker: () => undefined };
  const supervision = startSupervisor({
    bundle: testing.bundle,
    stopStepMs: 300,
    wordMs: 1_000,
    silenceMs: 60_000,
    sleep,
  });
  cleanUps.push(() => supervision.release());
  const execution = await supervision.launch(
    { runId, folder },
    { argv, cwd: "/", env: { PATH: process.env.PATH ?? "" } },
    () => undefined,
  );
  await vi.waitFor(async () => expect((await readRecord(folder))?.program).toBeTruthy(), { timeout: 10_000 });
  return { runId, folder, execution, loseWorker: () => supervision.release() };
}

async function settle(runId: string, handler = handlerThatFinds(false)) {
  const claim = await takeLostRun(db, {
    worker: "w2",
    token: randomUUID(),
    host: "here",
    resumableKinds: [],
  });
  if (claim?.run.id !== runId) throw new Error("another run was taken");
  await settleRun(context, claim, { params: { runDate: DATE }, handler });
  const run = await db.run.findUniqueOrThrow({ where: { id: runId } });
  const text = (await readLogLines(db, runId, 0, 1_000)).map((line) => line.text).join("\n");
  return { ...run, text };
}

const gone = (runId: string) =>
  vi.waitFor(() => expect(findProcessesOfRun(runId)).toEqual([]), { timeout: 15_000 });

describe("settleRun", () => {
  it("says how the supervisor ended the program, what had been written, and frees the lock", async () => {
    const { runId, folder, loseWorker } = await lostRun(["sleep", "300"]);
    loseWorker();
    await gone(runId);
    await vi.waitFor(async () => expect((await readRecord(folder))?.ended).toBeTruthy(), { timeout: 10_000 });
    const run = await settle(runId);
    expect(run).toMatchObject({
      state: "interrupted",
      outcome:
        "The worker was lost while this ran; nothing was written. Its supervisor ended the program with SIGINT. Running it again is safe.",
      signal: "SIGINT",
      settler: "w2",
      claimToken: null,
      receipt: { kind: "backfill", date: DATE },
    });
    expect(run.text).toContain("its worker w1 was lost");
    expect(existsSync(folder)).toBe(false);
  });

  it("finds the outcome again of a program that had ended before its worker was lost", async () => {
    const { runId, execution, loseWorker } = await lostRun(["sh", "-c", "exit 0"]);
    await execution?.ended;
    loseWorker();
    const run = await settle(runId, handlerThatFinds(true));
    expect(run).toMatchObject({
      state: "succeeded",
      exitCode: 0,
      outcome:
        "box scores 0 → 1 of 1, play-by-play 0 → 1 of 1. Its worker was lost meanwhile; the effect was measured afterwards.",
    });
  });

  it("ends what the program left behind before the lock is free, its supervisor killed too", async () => {
    const { runId, folder } = await lostRun(["sleep", "300"]);
    const record = await readRecord(folder);
    process.kill(record?.supervisor.pid ?? 0, "SIGKILL");
    expect(findProcessesOfRun(runId)).toHaveLength(1);
    const run = await settle(runId);
    expect(findProcessesOfRun(runId)).toEqual([]);
    expect(run).toMatchObject({
      state: "interrupted",
      outcome: expect.stringContaining("What was left of the program was ended when the run was settled."),
    });
  });

  it("ends the program's sessions in the warehouse first", async () => {
    const { runId } = await lostRun();
    const url = new URL(POSTGRES_URL);
    const client = new Client({ connectionString: POSTGRES_URL, application_name: sessionName(runId) });
    client.on("error", () => undefined);
    await client.connect();
    const statement = client.query("select pg_sleep(600)").catch((error: Error) => error.message);
    const connection = {
      host: url.hostname,
      port: Number(url.port),
      database: url.pathname.slice(1),
      user: url.username,
      password: decodeURIComponent(url.password),
      sslmode: "prefer",
      sslrootcert: null,
    };
    const run = await settle(
      runId,
      handlerThatFinds(false, {
        endSessions: () => endSessions({ connection, name: sessionName(runId), sleep }),
      }),
    );
    expect(await statement).toMatch(/terminating connection/);
    expect(run.text).toContain("ended 1 of its sessions in the warehouse");
    expect(run).toMatchObject({
      state: "interrupted",
      outcome: expect.stringContaining("How the program ended is not known: nothing tells how far it came."),
    });
  });

  it("says that sessions could not be seen where the warehouse is away, and that its effect is not known", async () => {
    const { runId } = await lostRun();
    const run = await settle(
      runId,
      handlerThatFinds(false, {
        endSessions: () => Promise.reject(new Error("connect ECONNREFUSED")),
        measure: () => new Promise(() => undefined),
      }),
    );
    expect(run.outcome).toContain("its effect could not be measured: the warehouse gave no answer in time.");
    expect(run.outcome).toContain("Whether its sessions in the warehouse have ended could not be seen.");
    expect(run.text).toContain("connect ECONNREFUSED");
  });

  it("is done with little for a kind whose judging needs its own worker", async () => {
    const { runId } = await lostRun();
    const run = await settle(runId, handlerThatFinds(true, { recollect: undefined }));
    expect(run).toMatchObject({
      state: "interrupted",
      receipt: null,
      outcome: expect.stringMatching(
        /^The worker was lost while this ran, and its effect was not measured\./,
      ),
    });
  });
});
