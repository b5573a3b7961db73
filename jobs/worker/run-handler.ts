import type { ProcessPlan } from "@/jobs/define-job";
import type { Receipt } from "@/lib/contracts/runs";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import type { FinalState } from "@/lib/runs/run-states";

/** Why the program was ended before its time, if it was. */
export type StopReason = "cancelled" | "timed-out" | "lost-claim" | "shutdown";

/** A measurement after the end, or why there is none. */
export type AfterwardsOf<Measurement> = Measurement | { unmeasured: string };

export type Evidence<Params, Measurement> = {
  params: Params;
  before: Measurement;
  after: AfterwardsOf<Measurement>;
  end: ProcessEnd;
  stopped: StopReason | null;
  explainedBy: { seq: number; text: string } | null;
};

export type Verdict = { state: FinalState; outcome: string; receipt: Receipt };

/** What the worker knows of a job kind beyond its definition: its environment, its measure, its judgement. */
export type RunHandler<Params, Measurement> = {
  plan(params: Params): ProcessPlan;
  /** The program's own variables: allow-listed, with its credentials. */
  environment(): Record<string, string>;
  timeoutMs: number;
  /** @throws AppError `warehouse-unavailable` when it cannot be measured. */
  measure(params: Params): Promise<Measurement>;
  judge(evidence: Evidence<Params, Measurement>): Verdict;
  /** The better explanation of a hole: the known one, or this line of the log. */
  explain(known: Explanation | null, line: { seq: number; text: string }): Explanation | null;
};

/** A line that explains a hole; the lower the rank, the more telling. */
export type Explanation = { seq: number; text: string; rank: number };
