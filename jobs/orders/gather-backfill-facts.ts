import type { BackfillFacts } from "@/jobs/orders/backfill-order";
import type { DateCoverage } from "@/lib/contracts/coverage";
import type { BackfillOrder } from "@/lib/contracts/run-kinds/backfill";
import { isAppError } from "@/lib/errors";
import type { GameDate } from "@/lib/game-date";
import type { AbsentWorkers } from "@/lib/runs/absent-workers";

export type FactSources = Pick<BackfillFacts, "now" | "dailyRun" | "firstSeasonStart"> & {
  coverage: { date(date: GameDate): Promise<DateCoverage> };
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
    measureDates([...new Set(order.params.map(({ runDate }) => runDate))], sources.coverage),
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

async function measureDates(
  dates: readonly GameDate[],
  coverage: FactSources["coverage"],
): Promise<{ dates: BackfillFacts["dates"]; problem: string | null }> {
  const found = new Map<GameDate, { state: DateCoverage["summary"]["state"]; scheduledGames: number }>();
  let problem: string | null = null;
  const waiting = [...dates];
  const measureNext = async (): Promise<void> => {
    for (let date = waiting.shift(); date !== undefined && problem === null; date = waiting.shift()) {
      const day = date;
      const { value, problem: failure } = await attempt(() => coverage.date(day));
      if (value?.stale) problem = value.stale.message;
      if (failure) problem = failure;
      if (value) found.set(day, { state: value.summary.state, scheduledGames: countScheduled(value) });
    }
  };
  await Promise.all(Array.from({ length: DATES_AT_ONCE }, measureNext));
  return { dates: found, problem };
}

/** The source lists every game that was played: all but those that will not be. */
function countScheduled({ games }: DateCoverage): number {
  return games.filter(({ standing }) => standing !== "unplayed" && standing !== "withdrawn").length;
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
