import { randomUUID } from "node:crypto";
import { Worker } from "bullmq";
import type { Redis } from "ioredis";
import { doorbellSchema, queueName } from "@/jobs/queue";
import { JOB_KINDS, type JobKind } from "@/lib/contracts/runs";
import { errorText } from "@/lib/errors";
import type { EventHub } from "@/lib/events/event-hub";
import {
  type Claim,
  claimRun,
  findStartableRuns,
  finishRun,
  interruptLostRuns,
  reclaimLostRun,
  type StartRules,
} from "@/lib/runs/run-lifecycle";
import { TUNABLES } from "@/lib/runs/tunables";
import type { ExecutionContext, RunInProgress } from "./execute-run";
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
};

/** A worker's life: doorbells answered, runs looked out for, all of it ended by `stop`. */
export type RunningWorker = { stop(): Promise<void> };

/** Starts answering doorbells and looking out for runs that may start, cancels, and lost leases. */
export function startWorker(options: WorkerOptions): RunningWorker {
  const { db, logger, workerId, rules, executors, hub } = options;
  const active = new Map<string, RunInProgress>();
  const rungAt = new Map<string, number>();
  const resumable = JOB_KINDS.filter((kind) => executors[kind].resumable);
  let stopping = false;

  const answer = async (runId: string): Promise<void> => {
    if (stopping || active.has(runId)) return;
    const run = await db.run.findUnique({ where: { id: runId } });
    const kind = knownKind(run?.kind);
    if (!run || (kind && (await executors[kind].heldBy(run)) !== null)) return;
    const claim = await claimRun(db, { runId, worker: workerId, token: randomUUID(), rules });
    if (claim) await execute(claim);
  };

  const execute = async (claim: Claim): Promise<void> => {
    const kind = knownKind(claim.run.kind);
    const run = kind ? executors[kind].execute(options, claim) : null;
    if (!run) {
      await finishRun(db, claim.run.id, claim.token, {
        state: "refused",
        outcome:
          "Nothing was started: this worker does not know this kind of run. Update it to the web's version.",
      });
      return;
    }
    active.set(claim.run.id, run);
    try {
      await run.done;
    } finally {
      active.delete(claim.run.id);
      void ringStartable();
    }
  };

  const takeUpLostRuns = async (): Promise<void> => {
    if (stopping) return;
    const claim = await reclaimLostRun(db, { worker: workerId, token: randomUUID(), kinds: resumable });
    if (!claim) return;
    logger.warn({ runId: claim.run.id }, "took up a run whose worker was lost");
    execute(claim).catch((error: unknown) => {
      logger.error({ runId: claim.run.id, err: error }, "a run ended without its record");
    });
  };

  const ringStartable = async (): Promise<void> => {
    if (stopping) return;
    for (const { id, kind } of await findStartableRuns(db, rules)) {
      const known = knownKind(kind);
      const now = options.now().getTime();
      if (!known || active.has(id) || now - (rungAt.get(id) ?? 0) < TUNABLES.ringAgainMs) continue;
      rungAt.set(id, now);
      if (!(await options.ring(known, id))) rungAt.delete(id);
    }
    for (const [id, at] of rungAt) if (options.now().getTime() - at > 60_000) rungAt.delete(id);
  };

  const lookOut = async (): Promise<void> => {
    try {
      await reportPresence(db, workerId);
      for (const lost of await interruptLostRuns(db, resumable)) {
        logger.warn({ runId: lost.id }, "settled a run whose worker was lost");
        await options.announce({ type: "run", runId: lost.id });
        if (lost.gameDate) await options.announce({ type: "coverage", dates: [lost.gameDate] });
      }
      await takeUpLostRuns();
      await ringStartable();
    } catch (error) {
      logger.warn({ reason: errorText(error) }, "the look-out failed; it goes on");
    }
  };

  const bullWorkers = JOB_KINDS.map((kind) => answerQueue(kind, options, answer));
  const unlisten = hub.listen((event) => {
    if (event.type === "cancel") active.get(event.runId)?.stop("cancelled");
  });
  let lookingOut = lookOut();
  const timer = setInterval(() => {
    lookingOut = lookingOut.then(lookOut);
  }, TUNABLES.lookOutMs);

  return {
    async stop() {
      stopping = true;
      clearInterval(timer);
      unlisten();
      await Promise.all(bullWorkers.map((worker) => worker.pause(true)));
      const drained = Promise.allSettled([...active.values()].map((run) => run.done));
      await waitAtMost(drained, options.drainMs);
      for (const run of active.values()) run.stop("shutdown");
      await Promise.allSettled([...active.values()].map((run) => run.done));
      await Promise.all(bullWorkers.map((worker) => worker.close(true)));
      await lookingOut;
      await reportDeparture(db, workerId).catch((error: unknown) => {
        logger.warn(
          { reason: errorText(error) },
          "the departure could not be noted; others will see the silence",
        );
      });
    },
  };
}

function knownKind(kind: string | undefined): JobKind | undefined {
  return JOB_KINDS.find((known) => known === kind);
}

/** Waits for `settled`, but no longer than `ms`; leaves no timer behind that would keep the process alive. */
async function waitAtMost(settled: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([settled, patience]);
  clearTimeout(timer);
}

function answerQueue(
  kind: JobKind,
  options: WorkerOptions,
  answer: (runId: string) => Promise<void>,
): Worker {
  const worker = new Worker(
    queueName(kind),
    async (job) => {
      const doorbell = doorbellSchema.safeParse(job.data);
      if (!doorbell.success) {
        options.logger.warn({ kind }, "ignored a doorbell that names no run");
        return;
      }
      await answer(doorbell.data.runId);
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
  worker.on("failed", (job, error) =>
    options.logger.error({ runId: job?.data, err: error }, "a run ended without its record"),
  );
  return worker;
}
