import type { z } from "zod";
import type { JobKind } from "@/lib/contracts/runs";
import type { Run } from "@/lib/generated/prisma/client";
import type { Claim } from "@/lib/runs/run-lifecycle";
import type { ExecutionContext } from "./claimed-run";
import { executeRun, type RunInProgress } from "./execute-run";
import type { RunHandler } from "./run-handler";
import { settleRun } from "./settle-run";

/** A kind's handler with its types hidden: what the worker's loop needs of it. */
export type RunExecutor = Required<
  Pick<RunHandler<unknown, unknown, unknown>, "resumable" | "startsProgram">
> & {
  /** Why it must not be claimed yet, null when it may; null for kinds that nothing outside holds. */
  heldBy: ((run: Run) => Promise<string | null>) | null;
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
  const heldBy = handler.heldBy?.bind(handler) ?? null;
  return {
    resumable: handler.resumable ?? false,
    startsProgram: handler.startsProgram,
    heldBy:
      heldBy &&
      (async (run) => {
        const parsed = params.safeParse(run.params);
        return run.overrideDailyRun || !parsed.success ? null : heldBy(parsed.data);
      }),
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
