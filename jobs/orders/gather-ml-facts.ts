import type { MlFacts } from "@/jobs/orders/ml-order";
import type { MlOrder } from "@/lib/contracts/run-kinds/ml";
import { isAppError } from "@/lib/errors";
import type { GameDate } from "@/lib/game-date";
import type { AbsentWorkers } from "@/lib/runs/absent-workers";
import type { MlMeasurement } from "@/lib/warehouse/measure-ml";

export type MlFactSources = Pick<MlFacts, "now" | "dailyRun"> & {
  measure(date: GameDate): Promise<MlMeasurement>;
  findAbsentWorkers(): Promise<AbsentWorkers | null>;
};

/** What the warehouse and the workers say of an ML re-run. A warehouse that does not answer is a fact too. */
export async function gatherMlFacts(order: MlOrder, sources: MlFactSources): Promise<MlFacts> {
  const { now, dailyRun } = sources;
  const date = order.params[0]?.gameDate;
  const [measured, absentWorkers] = await Promise.all([
    date === undefined ? { measurement: null, problem: null } : attempt(() => sources.measure(date)),
    sources.findAbsentWorkers(),
  ]);
  return { now, dailyRun, absentWorkers, ...measured };
}

async function attempt(
  measure: () => Promise<MlMeasurement>,
): Promise<Pick<MlFacts, "measurement" | "problem">> {
  try {
    return { measurement: await measure(), problem: null };
  } catch (error) {
    if (isAppError(error)) return { measurement: null, problem: error.message };
    throw error;
  }
}
