import { randomUUID } from "node:crypto";
import { JOB_KINDS } from "@/lib/contracts/runs";
import { errorText } from "@/lib/errors";
import { reclaimLostRun, refuseOverdueRuns, requeueUnstartedRuns, takeLostRun } from "@/lib/runs/lost-runs";
import type { Claim } from "@/lib/runs/run-lifecycle";
import { TUNABLES } from "@/lib/runs/tunables";
import { reapLeftovers } from "./reap-leftovers";
import type { RunExecutors } from "./run-executor";
import type { WorkerOptions } from "./run-worker";
import { settleRun } from "./settle-run";

/** What a worker does for runs that others have lost, a step at each look-out. */
export type LostRunKeeper = {
  /** @throws when the database does not answer: tell `databaseFailed` */
  look(): Promise<void>;
  databaseFailed(): void;
  /** Comes back when no run is being settled any more. */
  stop(): Promise<void>;
};

/** Looks after lost runs with `options`' worker; `takeUp` executes those that go on from a stored handle. */
export function createLostRunKeeper(options: WorkerOptions, takeUp: (claim: Claim) => void): LostRunKeeper {
  const { db, logger, workerId, host, executors } = options;
  const resumable = JOB_KINDS.filter((kind) => executors[kind].resumable);
  const settling = new Set<Promise<void>>();
  let answeringSince: number | null = null;
  let lookedAt: number | null = null;
  let overdueAt = 0;
  let reaping: Promise<void> | null = null;
  let stopping = false;

  /** Once, at the worker's start; again when the database was away. */
  const reap = (): void => {
    reaping ??= reapLeftovers(options).catch((error: unknown) => {
      logger.warn({ reason: errorText(error) }, "leftovers of earlier workers could not be looked for yet");
      reaping = null;
    });
  };

  const settle = async (claim: Claim): Promise<void> => {
    logger.warn({ runId: claim.run.id, worker: claim.run.worker }, "settling a run whose worker was lost");
    try {
      await settleClaim(options, executors, claim);
    } catch (error) {
      // Its lease passes, and it is taken again.
      logger.error({ runId: claim.run.id, reason: errorText(error) }, "a lost run could not be settled yet");
    }
  };

  const lookAfterLost = async (): Promise<void> => {
    for (const { id, state } of await requeueUnstartedRuns(db)) {
      logger.warn({ runId: id, state }, "its worker was lost before the program was started");
      void options.announce({ type: "run", runId: id });
    }
    const resumed = await reclaimLostRun(db, { worker: workerId, token: randomUUID(), kinds: resumable });
    // One that was taken while this worker was leaving is found again by its lease.
    if (resumed && !stopping) {
      logger.warn({ runId: resumed.run.id }, "took up a run whose worker was lost");
      takeUp(resumed);
    }
    for (;;) {
      const claim = await takeLostRun(db, {
        worker: workerId,
        token: randomUUID(),
        host,
        resumableKinds: resumable,
      });
      if (!claim || stopping) return;
      const done = settle(claim).finally(() => settling.delete(done));
      settling.add(done);
    }
  };

  const refuseOverdue = async (): Promise<void> => {
    const now = performance.now();
    if (overdueAt !== 0 && now - overdueAt < TUNABLES.overdueLookMs) return;
    overdueAt = now;
    for (const { id } of await refuseOverdueRuns(db, options.queueTimeoutHours)) {
      logger.warn({ runId: id }, "a run waited for too long and was refused");
      void options.announce({ type: "run", runId: id });
    }
  };

  return {
    async look() {
      const now = performance.now();
      // After a pause of this worker's own the others' heartbeats may be as late as it is.
      if (lookedAt !== null && now - lookedAt > TUNABLES.databaseBackMs / 2) answeringSince = null;
      lookedAt = now;
      answeringSince ??= now;
      reap();
      await refuseOverdue();
      if (now - answeringSince >= TUNABLES.databaseBackMs) await lookAfterLost();
      // An answer that took so long was none, for the heartbeats of living workers.
      if (performance.now() - now > TUNABLES.databaseBackMs / 2) answeringSince = null;
    },
    databaseFailed() {
      answeringSince = null;
    },
    async stop() {
      stopping = true;
      await Promise.allSettled([...settling, reaping]);
    },
  };
}

function settleClaim(options: WorkerOptions, executors: RunExecutors, claim: Claim): Promise<void> {
  const kind = JOB_KINDS.find((known) => known === claim.run.kind);
  return kind ? executors[kind].settle(options, claim) : settleRun(options, claim, null);
}
