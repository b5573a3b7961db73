import { randomUUID } from "node:crypto";
import { Worker } from "bullmq";
import type { Redis } from "ioredis";
import { doorbellSchema, queueName } from "@/jobs/queue";
import { JOBS } from "@/jobs/registry";
import { JOB_KINDS, type JobKind } from "@/lib/contracts/runs";
import { errorText } from "@/lib/errors";
import type { EventHub } from "@/lib/events/event-hub";
import {
  claimRun,
  findStartableRuns,
  finishRun,
  interruptLostRuns,
  type StartRules,
} from "@/lib/runs/run-lifecycle";
import { TUNABLES } from "@/lib/runs/tunables";
import { type ExecutionContext, executeRun, type RunInProgress } from "./execute-run";
import type { RunHandlers } from "./run-handlers";
import { reportDeparture, reportPresence } from "./worker-presence";

export type WorkerOptions = ExecutionContext & {
  workerId: string;
  concurrency: number;
  rules: StartRules;
  handlers: RunHandlers;
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
  const { db, logger, workerId, rules, handlers, hub } = options;
  const active = new Map<string, RunInProgress>();
  const rungAt = new Map<string, number>();
  let stopping = false;

  const answer = async (runId: string): Promise<void> => {
    if (stopping) return;
    const claim = await claimRun(db, { runId, worker: workerId, token: randomUUID(), rules });
    if (!claim) return;
    const kind = JOB_KINDS.find((known) => known === claim.run.kind);
    const params = kind && JOBS[kind].params.safeParse(claim.run.params);
    if (!kind || !params?.success) {
      await finishRun(db, runId, claim.token, {
        state: "refused",
        outcome:
          "Nothing was started: this worker does not know this kind of run. Update it to the web's version.",
      });
      return;
    }
    const run = executeRun(options, claim, params.data, handlers[kind]);
    active.set(runId, run);
    try {
      await run.done;
    } finally {
      active.delete(runId);
      void ringStartable();
    }
  };

  const ringStartable = async (): Promise<void> => {
    if (stopping) return;
    for (const { id, kind } of await findStartableRuns(db, rules)) {
      const known = JOB_KINDS.find((name) => name === kind);
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
      for (const lost of await interruptLostRuns(db)) {
        logger.warn({ runId: lost.id }, "settled a run whose worker was lost");
        await options.announce({ type: "run", runId: lost.id });
        if (lost.gameDate) await options.announce({ type: "coverage", dates: [lost.gameDate] });
      }
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
