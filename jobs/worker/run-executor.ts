import type { z } from "zod";
import type { JobKind } from "@/lib/contracts/runs";
import type { Run } from "@/lib/generated/prisma/client";
import type { Claim } from "@/lib/runs/run-lifecycle";
import type { ExecutionContext } from "./claimed-run";
import { executeRun, type RunInProgress } from "./execute-run";
import type { RunHandler } from "./run-handler";
import { settleRun } from "./settle-run";

/** A kind's handler with its types hidden: what the worker's loop needs of it. */
export type RunExecutor = {
  resumable: boolean;
  /** Why it must not be claimed yet; null when it may. */
  heldBy(run: Run): Promise<string | null>;
  /** Null when the stored parameters are not this version's. */
  execute(context: ExecutionContext, claim: Claim): RunInProgress | null;
  /** Brings a run to its terminal record whose worker was lost. */
  settle(context: ExecutionContext, claim: Claim): Promise<void>;
};

/** One executor for each kind: a kind without one does not compile. */
export type RunExecutors = Record<JobKind, RunExecutor>;

/** Binds a kind's parameters, as stored, to its handler. */
export function runExecutor<Params, Measurement, Details>(
  params: z.ZodType<Params>,
  handler: RunHandler<Params, Measurement, Details>,
): RunExecutor {
  return {
    resumable: handler.resumable ?? false,
    async heldBy(run) {
      const parsed = params.safeParse(run.params);
      if (run.overrideDailyRun || !parsed.success) return null;
      return (await handler.heldBy?.(parsed.data)) ?? null;
    },
    execute(context, claim) {
      const parsed = params.safeParse(claim.run.params);
      return parsed.success ? executeRun(context, claim, parsed.data, handler) : null;
    },
    settle(context, claim) {
      const parsed = params.safeParse(claim.run.params);
      return settleRun(context, claim, parsed.success ? { params: parsed.data, handler } : null);
    },
  };
}
