import type { JobDefinition, JobSettings } from "@/jobs/define-job";
import type { JobKind, OrderOf, RunPreview, RunWarning } from "@/lib/contracts/runs";
import type { UtcWindow } from "@/lib/env";
import { AppError, type FieldProblem } from "@/lib/errors";
import type { GameDate } from "@/lib/game-date";
import { type AbsentWorkers, describeAbsentWorkers } from "@/lib/runs/absent-workers";
import { dailyRunEnd } from "@/lib/runs/describe-waiting";

/** One run as it will be stored and executed. */
export type PreparedRun = {
  kind: JobKind;
  params: Record<string, unknown>;
  title: string;
  gameDate: GameDate | null;
  argv: string[];
  cwd: string;
  lockKey: string;
  targetKey: string;
  /** Requests that it costs at the source; spaces the runs of one lock key. */
  requestCost: number;
  warnings: RunWarning[];
  /** What only this kind's preview says. */
  details: RunPreview["runs"][number]["details"];
};

export type PreparedOrder = {
  runs: PreparedRun[];
  warnings: RunWarning[];
  /** What its operator has still to type before it can be enqueued; a preview says what that is. */
  unconfirmed?: FieldProblem[];
};

/**
 * What an order of a kind comes to: behind both the preview and the enqueue.
 * @throws AppError `invalid-request`, or `conflict` when it cannot be ordered now; nothing is then ordered.
 */
export type PrepareOrder<Kind extends JobKind> = (
  order: OrderOf<Kind>,
  purpose: Purpose,
) => Promise<PreparedOrder>;

/** A preview is for a person's eyes, who then orders the same: the order may use what the preview has just read. */
export type Purpose = "preview" | "order";

/** One preparation for each kind: a kind without one does not compile. */
export type OrderPreparations = { [Kind in JobKind]: PrepareOrder<Kind> };

/** A run with its definition's title, keys and plan. @throws AppError `conflict` when the kind is not configured */
export function planRun<Kind extends JobKind, Params extends Record<string, unknown>>(
  job: JobDefinition<Kind, Params>,
  params: Params,
  settings: JobSettings,
  rest: Pick<PreparedRun, "requestCost" | "warnings" | "details">,
): PreparedRun {
  const plan = job.plan(params, settings);
  if (!plan) {
    throw new AppError(
      "conflict",
      `${job.label} is not configured here. The variables that it needs are described in .env.example.`,
    );
  }
  return {
    kind: job.kind,
    params,
    title: job.title(params),
    gameDate: job.gameDate(params),
    argv: plan.argv,
    cwd: plan.cwd,
    lockKey: job.lockKey(params),
    targetKey: job.targetKey(params),
    ...rest,
  };
}

/** What any order's operator should know of the console itself. */
export type CommonFacts = { now: Date; dailyRun: UtcWindow | null; absentWorkers: AbsentWorkers | null };

/** Warnings that do not depend on the kind; `sharesWhat` says what the daily run would be disturbed in. */
export function commonWarnings(
  { now, dailyRun, absentWorkers }: CommonFacts,
  {
    heldByDailyRun,
    overridden,
    sharesWhat,
  }: { heldByDailyRun: boolean; overridden: boolean; sharesWhat: string },
): RunWarning[] {
  const warnings: RunWarning[] = [];
  const windowEnd = heldByDailyRun ? dailyRunEnd(now, dailyRun) : null;
  if (windowEnd) {
    const until = windowEnd.toISOString().slice(11, 16);
    warnings.push({
      code: "daily-run",
      text: overridden
        ? `The scheduled daily run has its window until ${until} UTC: ${sharesWhat}.`
        : `The scheduled daily run has its window until ${until} UTC: this waits until then.`,
    });
  }
  if (absentWorkers) {
    warnings.push({
      code: "no-worker",
      text: `${describeAbsentWorkers(absentWorkers, now)} This stays queued until one is.`,
    });
  }
  return warnings;
}
