import type { BehindDate, DbtFacts } from "@/jobs/orders/dbt-order";
import type { SeasonCoverage } from "@/lib/contracts/coverage";
import type { DbtUsualTimes, ForeignBuild } from "@/lib/contracts/dbt";
import { type DbtOrder, dbtParamsSchema } from "@/lib/contracts/run-kinds/dbt";
import { receiptSchema } from "@/lib/contracts/runs";
import type { ObservedProject } from "@/lib/dbt/observed-project";
import { AppError, isAppError } from "@/lib/errors";
import type { Run } from "@/lib/generated/prisma/client";
import type { AbsentWorkers } from "@/lib/runs/absent-workers";

export type DbtFactSources = Pick<DbtFacts, "now" | "dailyRun"> & {
  readProject(): Promise<ObservedProject>;
  readUsualTimes(): Promise<Record<string, DbtUsualTimes>>;
  readOverhead(): Promise<number | null>;
  /** @throws AppError `warehouse-unavailable` */
  findForeignBuild(): Promise<ForeignBuild | null>;
  /** The current season. @throws AppError `warehouse-unavailable` */
  season(): Promise<Pick<SeasonCoverage, "dates" | "stale">>;
  /** @throws AppError `not-found` */
  findRun(id: string): Promise<Run>;
  findAbsentWorkers(): Promise<AbsentWorkers | null>;
};

/**
 * What the project, the warehouse and earlier builds say of an order. A warehouse that does not answer is a
 * fact too.
 * @throws AppError `not-found` or `conflict` for a run that cannot be run again from its failure
 */
export async function gatherDbtFacts(order: DbtOrder, sources: DbtFactSources): Promise<DbtFacts> {
  const { now, dailyRun } = sources;
  const [observed, usualTimes, overheadSeconds, foreignBuild, behind, retried, absentWorkers] =
    await Promise.all([
      sources.readProject(),
      sources.readUsualTimes(),
      sources.readOverhead(),
      ifAnswered(sources.findForeignBuild()),
      // What a full refresh leaves behind no rule can tell beforehand.
      order.params[0]?.fullRefresh ? NOTHING : ifAnswered(sources.season()),
      readRetried(order, sources),
      sources.findAbsentWorkers(),
    ]);
  return {
    now,
    dailyRun,
    absentWorkers,
    project: observed.project,
    projectProblem: observed.problem,
    foreignBuild: foreignBuild.value,
    usualTimes,
    overheadSeconds,
    behind: behindDates(behind.value),
    behindProblem: behind.problem ?? behind.value?.stale?.message ?? null,
    retried,
  };
}

const NOTHING = { value: null, problem: null };

function behindDates(season: Pick<SeasonCoverage, "dates"> | null): BehindDate[] {
  return (season?.dates ?? []).flatMap(({ date, advice }) =>
    advice.dbt ? [{ date, build: advice.dbt }] : [],
  );
}

async function readRetried(order: DbtOrder, { findRun }: DbtFactSources): Promise<DbtFacts["retried"]> {
  const id = order.params[0]?.retryOf;
  if (id === undefined) return null;
  const run = await findRun(id);
  const params = dbtParamsSchema.safeParse(run.params);
  const receipt = receiptSchema.safeParse(run.receipt);
  const unfinished = receipt.data?.kind === "dbt" ? receipt.data.unfinished : [];
  if (run.kind === "dbt" && params.success && unfinished.length > 0)
    return { unfinished, fullRefresh: params.data.fullRefresh };
  throw new AppError(
    "conflict",
    `${run.title} left nothing unfinished that could be run again. Choose models on the dbt page.`,
  );
}

async function ifAnswered<Value>(
  reading: Promise<Value>,
): Promise<{ value: Value | null; problem: string | null }> {
  try {
    return { value: await reading, problem: null };
  } catch (error) {
    if (isAppError(error) && error.code === "warehouse-unavailable")
      return { value: null, problem: error.message };
    throw error;
  }
}
