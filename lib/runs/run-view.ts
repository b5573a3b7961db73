import { z } from "zod";
import {
  jobKindSchema,
  progressSchema,
  type RunDetail,
  type RunSummary,
  receiptSchema,
  type Waiting,
} from "@/lib/contracts/runs";
import type { Run } from "@/lib/generated/prisma/client";
import { describePrunedLog } from "@/lib/retention/describe-pruned-log";

/** A stored run as the API shows it. */
export function runSummaryOf(run: Run, waiting: Waiting | null): RunSummary {
  return {
    id: run.id,
    kind: jobKindSchema.parse(run.kind),
    title: run.title,
    gameDate: run.gameDate,
    state: run.state,
    outcome: run.outcome,
    waiting: run.state === "queued" ? waiting : null,
    requestedBy: run.requestedBy,
    reason: run.reason,
    queuedAt: run.queuedAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    cancelRequestedAt: run.cancelRequestedAt?.toISOString() ?? null,
  };
}

const paramsSchema = z.record(z.string(), z.unknown());

/** A stored run with everything that is known about it. */
export function runDetailOf(run: Run, waiting: Waiting | null): RunDetail {
  return {
    ...runSummaryOf(run, waiting),
    params: paramsSchema.parse(run.params),
    argv: run.argv,
    cwd: run.cwd,
    lockKey: run.lockKey,
    worker: run.worker,
    attempt: run.attempt,
    exitCode: run.exitCode,
    signal: run.signal,
    cancelRequestedBy: run.cancelRequestedBy,
    log: {
      lines: run.logLines,
      bytes: Number(run.logBytes),
      truncated: run.logTruncated,
      prunedAt: run.logPrunedAt?.toISOString() ?? null,
      prunedText: describePrunedLog(run),
    },
    progress: run.progress === null ? null : progressSchema.parse(run.progress),
    receipt: run.receipt === null ? null : receiptSchema.parse(run.receipt),
  };
}
