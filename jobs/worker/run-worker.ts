import { randomUUID } from "node:crypto";
import { UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { doorbellSchema, queueName } from "@/jobs/queue";
import { JOB_KINDS, type JobKind } from "@/lib/contracts/runs";
import type { Db } from "@/lib/db";
import { errorText } from "@/lib/errors";
import type { EventHub } from "@/lib/events/event-hub";
import {
  type Claim,
  claimRun,
  findStartableRuns,
  finishRun,
  type StartRules,
} from "@/lib/runs/run-lifecycle";
import { TUNABLES } from "@/lib/runs/tunables";
import { waitAtMost } from "@/lib/wait-at-most";
import type { ExecutionContext } from "./claimed-run";
import type { RunInProgress } from "./execute-run";
import { createLostRunKeeper } from "./keep-lost-runs";
import type { RunExecutors } from "./run-executor";
import { reportDeparture, reportPresence } from "./worker-presence";

export type WorkerOptions = ExecutionContext & {
  workerId: string;
  concurrency: number;
  rules: StartRules;
  executors: RunExecutors;
  hub: EventHub;
  /** BullMQ's connection: waits for Redis as long as it takes. */
  redis: Redis;
  /** How long a run under way may go on after `stop`. */
  drainMs: number;
  /** How long a run may wait for its start. */
  queueTimeoutHours: number;
};

/** A worker's life: doorbells answered, runs looked out for, all of it ended by `stop`. */
export type RunningWorker = { stop(): Promise<void> };

/** A run that is under way from now on. */
type Started = { done: Promise<void> };

/** Starts answering doorbells and looking out for runs that may start, cancels, and lost leases. */
export function startWorker(options: WorkerOptions): RunningWorker {
  const { db, logger, workerId, rules, executors, hub } = options;
  const active = new Map<string, RunInProgress>();
  const starting = new Set<Promise<Started | null>>();
  const rungAt = new Map<string, number>();
  let stopping = false;

  const answer = async (kind: JobKind, runId: string): Promise<void> => {
    if (stopping || active.has(runId)) return;
    const start = claimAndStart(kind, runId);
    starting.add(start);
    const started = await start.finally(() => starting.delete(start));
    await started?.done;
  };

  const claimAndStart = async (kind: JobKind, runId: string): Promise<Started | null> => {
    if (await isHeld(kind, runId)) return null;
    const claim = await claimRun(db, { runId, kind, worker: workerId, token: randomUUID(), rules });
    return claim && start(claim);
  };

  const isHeld = async (kind: JobKind, runId: string): Promise<boolean> => {
    const { heldBy } = executors[kind];
    if (heldBy === null) return false;
    const run = await db.run.findUnique({ where: { id: runId } });
    return run === null || (await heldBy(run)) !== null || stopping;
  };

  const start = (claim: Claim): Started => {
    const { id, kind } = claim.run;
    const known = knownKind(kind);
    const run = known ? executors[known].execute(options, claim) : null;
    if (!run) return { done: refuseUnknown(db, claim) };
    active.set(id, run);
    const done = run.done.finally(() => {
      active.delete(id);
      void ringStartable().catch((error: unknown) => {
        logger.debug({ reason: errorText(error) }, "the next run is found by the look-out");
      });
    });
    return { done };
  };

  const ringStartable = async (): Promise<void> => {
    if (stopping) return;
    for (const { id, kind } of await findStartableRuns(db, rules)) {
      const known = knownKind(kind);
      const now = options.now().getTime();
      if (!known || active.has(id) || now - (rungAt.get(id) ?? 0) < TUNABLES.ringAgainMs) continue;
      rungAt.set(id, now);
      // Not waited for: a Redis that hangs must not hold up the look-out.
      void options.ring(known, id).then((rung) => {
        if (!rung) rungAt.delete(id);
      });
    }
    for (const [id, at] of rungAt) if (options.now().getTime() - at > 60_000) rungAt.delete(id);
  };

  const lostRuns = createLostRunKeeper(options, (claim) => {
    start(claim).done.catch((error: unknown) => {
      logger.error({ runId: claim.run.id, err: error }, "a run ended without its record");
    });
  });

  const lookOut = async (): Promise<void> => {
    try {
      await reportPresence(db, workerId);
      if (!stopping) await lostRuns.look();
      await ringStartable();
    } catch (error) {
      lostRuns.databaseFailed();
      logger.warn({ reason: errorText(error) }, "the look-out failed; it goes on");
    }
  };

  const expectRun = (kind: JobKind | undefined): void => {
    if (stopping || !kind || !executors[kind].startsProgram) return;
    try {
      options.supervisors.expectRun();
    } catch (error) {
      // A machine that is short of everything: the run's own claim will say so, if it still is then.
      logger.warn({ reason: errorText(error) }, "no supervisor could be started ahead");
    }
  };

  const bullWorkers = JOB_KINDS.map((kind) => answerQueue(kind, options, answer));
  const unlisten = hub.listen((event) => {
    if (event.type === "cancel") active.get(event.runId)?.stop("cancelled");
    if (event.type === "previewed") expectRun(knownKind(event.kind));
  });
  let lookingOut = lookOut();
  const timer = setInterval(() => {
    lookingOut = lookingOut.then(lookOut);
  }, TUNABLES.lookOutMs);

  const stop = async (): Promise<void> => {
    stopping = true;
    clearInterval(timer);
    // Doorbells go to other workers from now on; a Redis that hangs must not hold up the drain.
    const paused = Promise.allSettled(bullWorkers.map((worker) => worker.pause(true)));
    await Promise.allSettled([...starting]);
    await waitAtMost(allDone(active), options.drainMs);
    for (const run of active.values()) run.stop("shutdown");
    await allDone(active);
    unlisten();
    options.supervisors.close();
    await Promise.allSettled([lostRuns.stop(), waitAtMost(paused, TUNABLES.lookOutMs)]);
    const closed = Promise.allSettled(bullWorkers.map((worker) => worker.close(true)));
    await waitAtMost(closed, TUNABLES.lookOutMs);
    await lookingOut;
    await reportDeparture(db, workerId).catch((error: unknown) => {
      logger.warn(
        { reason: errorText(error) },
        "the departure could not be noted; others will see the silence",
      );
    });
  };
  let stopped: Promise<void> | undefined;
  return {
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function refuseUnknown(db: Db, { run, token }: Claim): Promise<void> {
  await finishRun(db, run.id, token, {
    state: "refused",
    outcome:
      "Nothing was started: this worker does not know this kind of run. Update it to the web's version.",
  });
}

function knownKind(kind: string | undefined): JobKind | undefined {
  return JOB_KINDS.find((known) => known === kind);
}

async function allDone(active: ReadonlyMap<string, RunInProgress>): Promise<void> {
  await Promise.allSettled([...active.values()].map((run) => run.done));
}

function answerQueue(
  kind: JobKind,
  options: WorkerOptions,
  answer: (kind: JobKind, runId: string) => Promise<void>,
): Worker {
  const worker = new Worker(
    queueName(kind),
    async (job) => {
      const doorbell = doorbellSchema.safeParse(job.data);
      if (!doorbell.success) {
        options.logger.warn({ kind }, "ignored a doorbell that names no run");
        return;
      }
      await answer(kind, doorbell.data.runId);
    },
    // A stalled job is never handed out again: the claim decides, and the look-out rings for what is left.
    {
      connection: options.redis,
      concurrency: options.concurrency,
      maxStalledCount: 0,
      skipVersionCheck: true,
    },
  );
  worker.on("error", (error) => options.logger.debug({ reason: error.message }, "queue connection"));
  worker.on("failed", (job, error) => {
    // Of a worker that is gone: what becomes of its run, the run's own lease decides.
    if (error instanceof UnrecoverableError) return;
    options.logger.error({ doorbell: job?.data, err: error }, "a run ended without its record");
  });
  return worker;
}
