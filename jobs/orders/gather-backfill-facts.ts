import type { DateFacts } from "@/jobs/orders/backfill-date-facts";
import type { BackfillFacts } from "@/jobs/orders/backfill-order";
import type { BackfillOrder } from "@/lib/contracts/run-kinds/backfill";
import { isAppError } from "@/lib/errors";
import type { GameDate } from "@/lib/game-date";
import type { AbsentWorkers } from "@/lib/runs/absent-workers";

export type FactSources = Pick<BackfillFacts, "now" | "dailyRun" | "firstSeasonStart"> & {
  /** @throws AppError `warehouse-unavailable` when the date cannot be told of */
  readDate(date: GameDate): Promise<DateFacts>;
  readFlags(): Promise<ReadonlyMap<string, boolean>>;
  findAbsentWorkers(): Promise<AbsentWorkers | null>;
};

/** Dates measured at once: the warehouse's connections are shared with every open calendar. */
const DATES_AT_ONCE = 3;

/** What the warehouse, its flags and the workers say of an order of backfills. A warehouse that does not answer is a fact too. */
export async function gatherBackfillFacts(
  order: BackfillOrder,
  sources: FactSources,
): Promise<BackfillFacts> {
  const { now, dailyRun, firstSeasonStart } = sources;
  const [flags, measured, absentWorkers] = await Promise.all([
    attempt(sources.readFlags),
    readDates([...new Set(order.params.map(({ runDate }) => runDate))], sources.readDate),
    sources.findAbsentWorkers(),
  ]);
  return {
    now,
    dailyRun,
    firstSeasonStart,
    absentWorkers,
    flags: flags.value,
    flagsProblem: flags.problem,
    dates: measured.dates,
    datesProblem: measured.problem,
  };
}

async function readDates(
  dates: readonly GameDate[],
  readDate: FactSources["readDate"],
): Promise<{ dates: BackfillFacts["dates"]; problem: string | null }> {
  const found = new Map<GameDate, DateFacts>();
  let problem: string | null = null;
  const waiting = [...dates];
  const readNext = async (): Promise<void> => {
    for (let date = waiting.shift(); date !== undefined && problem === null; date = waiting.shift()) {
      const day = date;
      const { value, problem: failure } = await attempt(() => readDate(day));
      problem = failure ?? value?.problem ?? problem;
      if (value) found.set(day, value);
    }
  };
  await Promise.all(Array.from({ length: DATES_AT_ONCE }, readNext));
  return { dates: found, problem };
}

async function attempt<Value>(
  read: () => Promise<Value>,
): Promise<{ value: Value | null; problem: string | null }> {
  try {
    return { value: await read(), problem: null };
  } catch (error) {
    if (isAppError(error)) return { value: null, problem: error.message };
    throw error;
  }
}
