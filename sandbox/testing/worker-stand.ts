import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { v7 as uuidv7 } from "uuid";
import { vi } from "vitest";
import { createDoorbell, type Doorbell } from "../../jobs/queue";
import { JOBS } from "../../jobs/registry";
import { explainBackfill } from "../../jobs/worker/explain-backfill";
import { judgeBackfill } from "../../jobs/worker/judge-backfill";
import { type RunExecutors, runExecutor } from "../../jobs/worker/run-executor";
import type { RunHandler } from "../../jobs/worker/run-handler";
import { type RunningWorker, startWorker, type WorkerOptions } from "../../jobs/worker/run-worker";
import { startProgram } from "../../jobs/worker/start-program";
import type { BackfillParams } from "../../lib/contracts/run-kinds/backfill";
import { JOB_KINDS } from "../../lib/contracts/runs";
import { createDb, type Db } from "../../lib/db";
import { createAnnounce } from "../../lib/events/channel";
import { createEventHub } from "../../lib/events/event-hub";
import { createSupervisors } from "../../lib/executors/supervisors";
import type { Run } from "../../lib/generated/prisma/client";
import { createLogger } from "../../lib/logger";
import { readLogLines } from "../../lib/logs/read-log";
import { createRedactor } from "../../lib/logs/redact";
import {
  createConsoleDatabase,
  requireTestService,
  type ThrowawayDatabase,
} from "../../lib/testing/throwaway-database";
import type { BackfillMeasurement } from "../../lib/warehouse/measure-backfill";
import { prepareSupervision, type TestSupervision } from "./supervisor-bundle";

export type BackfillHandler = RunHandler<BackfillParams, BackfillMeasurement>;

/** A date with two games, all of their data there or none. */
export function measurementOf(present: boolean): BackfillMeasurement {
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

/** A handler that runs `argv` for every date, whose data arrive once `arrived()` says so. */
export function handlerFor(
  argv: string[],
  arrived: () => boolean = () => false,
  changes: Partial<BackfillHandler> = {},
): BackfillHandler {
  return {
    plan: () => ({ executor: "process", argv, cwd: "/" }),
    timeoutMs: 30_000,
    startsProgram: true,
    start: (run) =>
      startProgram(run, {
        env: { PATH: process.env.PATH ?? "" },
        connection: null,
        sleep: (ms) => sleep(ms),
      }),
    recollect: async () => null,
    measure: async () => measurementOf(arrived()),
    judge: (evidence) => judgeBackfill({ ...evidence, timeoutMinutes: 1 }),
    explain: explainBackfill,
    ...changes,
  };
}

/** Workers of a console of their own, whose every run is a backfill by the handler given. */
export class WorkerStand {
  private readonly workers = new Set<RunningWorker>();

  private constructor(
    readonly database: ThrowawayDatabase,
    readonly db: Db,
    readonly producer: Redis,
    readonly doorbell: Doorbell,
    readonly supervision: TestSupervision,
  ) {}

  static async open(): Promise<WorkerStand> {
    const database = await createConsoleDatabase();
    const producer = new Redis(requireTestService("BACKCOURT_TEST_REDIS_URL"));
    return new WorkerStand(
      database,
      createDb(database.url, "worker-test"),
      producer,
      createDoorbell(producer),
      await prepareSupervision(),
    );
  }

  start(handler: BackfillHandler, changes: Partial<WorkerOptions> = {}): RunningWorker {
    const redis = new Redis(requireTestService("BACKCOURT_TEST_REDIS_URL"), { maxRetriesPerRequest: null });
    const subscriber = new Redis(requireTestService("BACKCOURT_TEST_REDIS_URL"));
    const worker = startWorker({
      db: this.db,
      logger: createLogger("worker-test", "fatal"),
      workerId: "w1",
      redis,
      hub: createEventHub(subscriber),
      announce: createAnnounce(this.producer),
      ring: this.doorbell.ring,
      redact: createRedactor(["s3cret-pw"]),
      now: () => new Date(),
      sleep: (ms) => sleep(ms),
      concurrency: 4,
      drainMs: 100,
      host: "here",
      stateFolder: this.supervision.stateFolder,
      supervisors: createSupervisors({ bundle: this.supervision.bundle, sleep }),
      queueTimeoutHours: 24,
      rules: { dailyRun: null, secondsPerRequest: 0 },
      executors: Object.fromEntries(
        JOB_KINDS.map((kind) => [kind, runExecutor(JOBS.backfill.params, handler)]),
      ) as RunExecutors,
      ...changes,
    });
    const stoppable = {
      stop: async () => {
        await worker.stop();
        this.workers.delete(stoppable);
        redis.disconnect();
        subscriber.disconnect();
      },
    };
    this.workers.add(stoppable);
    return stoppable;
  }

  async queueRun(argv: string[]): Promise<string> {
    const id = uuidv7();
    await this.db.run.create({
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

  run(id: string): Promise<Run> {
    return this.db.run.findUniqueOrThrow({ where: { id } });
  }

  async reached(id: string, state: Run["state"], timeout = 20_000): Promise<Run> {
    await vi.waitFor(
      async () => {
        const run = await this.run(id);
        if (run.state !== state) throw new Error(`it is ${run.state}: ${run.outcome}`);
      },
      { timeout, interval: 50 },
    );
    return this.run(id);
  }

  async log(id: string): Promise<string[]> {
    return (await readLogLines(this.db, id, 0, 100_000)).map((line) => line.text);
  }

  async said(id: string, text: string): Promise<void> {
    await vi.waitFor(
      async () => {
        if (!(await this.log(id)).includes(text)) throw new Error(`it has not said ${text}`);
      },
      { timeout: 20_000, interval: 50 },
    );
  }

  async stopWorkers(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => worker.stop()));
  }

  async close(): Promise<void> {
    await this.stopWorkers();
    this.supervision.remove();
    this.producer.disconnect();
    await this.db.$disconnect();
    await this.database.drop();
  }
}
