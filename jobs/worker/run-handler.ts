import type { Plan } from "@/jobs/define-job";
import type { Progress, Receipt } from "@/lib/contracts/runs";
import type { Execution, OutputSink, ProcessEnd } from "@/lib/executors/executor-types";
import type { GameDate } from "@/lib/game-date";
import type { FinalState } from "@/lib/runs/run-states";

/** Why the program was ended before its time, if it was. */
export type StopReason = "cancelled" | "timed-out" | "lost-claim" | "shutdown";

/** A measurement after the end, or why there is none. */
export type AfterwardsOf<Measurement> = Measurement | { unmeasured: string };

/** A claimed run as its handler sees it. */
export type RunToStart<Params> = {
  runId: string;
  params: Params;
  argv: readonly string[];
  cwd: string;
  /** What a worker before this one stored with `storeHandle`; null when this is the first. */
  handle: unknown;
  /** Takes what the program writes, for the log. */
  output: OutputSink;
  /** A line of the log in the console's own name. */
  say(text: string): void;
  /** Shown on the run's page; the latest counts, and not each one is stored. */
  reportProgress(progress: Progress): void;
  /** Stored before it resolves: what is done next cannot be lost. Rejects when the claim is. */
  storeHandle(handle: unknown): Promise<void>;
};

/** A program under way, and what it leaves behind beside its exit code. */
export type StartedProgram<Details> = Execution & {
  /** Asked once, after the end and after `stop`. */
  collect(): Promise<Details>;
};

export type Evidence<Params, Measurement, Details = null> = {
  params: Params;
  before: Measurement;
  after: AfterwardsOf<Measurement>;
  end: ProcessEnd;
  details: Details;
  stopped: StopReason | null;
  explainedBy: { seq: number; text: string } | null;
};

export type Verdict<Kind extends Receipt = Receipt> = {
  state: FinalState;
  outcome: string;
  receipt: Kind;
  /** Dates whose coverage may have changed: open calendars read them again. */
  changedDates: readonly GameDate[];
};

/** What the worker knows of a job kind beyond its definition: how it is started, measured and judged. */
export type RunHandler<Params, Measurement, Details = null> = {
  /** Null when this worker is not configured for it. */
  plan(params: Params): Plan | null;
  timeoutMs: number;
  /** Why it must not start yet, though no run of ours holds it; asked before each claim that was not overridden. */
  heldBy?(params: Params): Promise<string | null>;
  /** Why it cannot start at all, with what to do; null when it can. */
  refusal?(params: Params): Promise<string | null>;
  /** @throws AppError `warehouse-unavailable` when it cannot be measured. */
  measure(params: Params): Promise<Measurement>;
  /** @throws AppError with the reason when it cannot be started. */
  start(run: RunToStart<Params>): Promise<StartedProgram<Details>>;
  judge(evidence: Evidence<Params, Measurement, Details>): Verdict;
  /** The better explanation of a hole: the known one, or this line of the log. */
  explain(known: Explanation | null, line: { seq: number; text: string }): Explanation | null;
  /** A run whose worker was lost is taken up by another one, from its stored handle. */
  resumable?: boolean;
};

/** A line that explains a hole; the lower the rank, the more telling. */
export type Explanation = { seq: number; text: string; rank: number };
