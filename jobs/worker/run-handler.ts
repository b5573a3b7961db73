import type { Plan } from "@/jobs/define-job";
import type { Progress, Receipt } from "@/lib/contracts/runs";
import type { Execution, OutputSink, ProcessEnd, Program } from "@/lib/executors/executor-types";
import type { GameDate } from "@/lib/game-date";
import type { FinalState } from "@/lib/runs/run-states";

/** Why the program was ended before its time, if it was; `worker-lost` by its supervisor, in its worker's place. */
export type StopReason = "cancelled" | "timed-out" | "lost-claim" | "shutdown" | "worker-lost";

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
  /** A folder of the run's own, made when it is claimed and removed when it has ended. */
  folder: string;
  /** Aborts when the run's end is asked for: what is being prepared need not be finished. */
  signal: AbortSignal;
  /**
   * Starts the run's program, once; the start is noted first, so that it never happens twice.
   * @throws AppError with the reason when nothing was started; Abandoned once `signal` has aborted
   */
  launch(program: Program): Promise<Execution>;
  /** Takes further lines for the log as if the program had written them. */
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
  /** Whether `start` launches a program: its supervisor is then started ahead of it. */
  startsProgram: boolean;
  /** Why it must not start yet, though no run of ours holds it; asked before each claim that was not overridden. */
  heldBy?(params: Params): Promise<string | null>;
  /** Why it cannot start at all, with what to do; null when it can. */
  refusal?(params: Params): Promise<string | null>;
  /** @throws AppError `warehouse-unavailable` when it cannot be measured. */
  measure(params: Params, signal?: AbortSignal): Promise<Measurement>;
  /** @throws AppError with the reason when it cannot be started. */
  start(run: RunToStart<Params>): Promise<StartedProgram<Details>>;
  judge(evidence: Evidence<Params, Measurement, Details>): Verdict;
  /** The better explanation of a hole: the known one, or this line of the log. */
  explain(known: Explanation | null, line: { seq: number; text: string }): Explanation | null;
  /** A run whose worker was lost is taken up by another one, from its stored handle. */
  resumable?: boolean;
  /**
   * Ends the sessions that a program has left in the warehouse, and comes back when there are none.
   * @returns how many had to be ended; null where only the program knows how it connects
   * @throws Error when it cannot be told
   */
  endSessions?(run: { runId: string; cwd: string }): Promise<number | null>;
  /**
   * What the program left behind beside its effect, found again after its worker was lost; undefined where that
   * is gone.
   */
  recollect?(run: LostRun<Params>): Promise<Details | undefined>;
};

/** A run whose worker was lost, and which is judged in its place. */
export type LostRun<Params> = Pick<RunToStart<Params>, "runId" | "params" | "folder" | "say"> & {
  end: ProcessEnd;
  /** From when on the program was being ended; null when it had ended by itself, or nobody knows. */
  cutOffAt: Date | null;
};

/** A line that explains a hole; the lower the rank, the more telling. */
export type Explanation = { seq: number; text: string; rank: number };
