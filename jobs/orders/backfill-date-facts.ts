import type { Purpose } from "@/jobs/orders/prepared-order";
import type { DateCoverage, DateState } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import { createRecentValues } from "@/lib/recent-values";

/** What a backfill's order has to know of its date. */
export type DateFacts = {
  state: DateState;
  scheduledGames: number;
  /** Why this is not fresh; null when it is. */
  problem: string | null;
};

/** @throws AppError `warehouse-unavailable` when the date cannot be told of */
export type ReadDateFacts = (date: GameDate, purpose: Purpose) => Promise<DateFacts>;

/** A run measures its date anew before it starts; all that an order stores of it is its cost in requests. */
const PREVIEWED_MS = 30_000;
const PREVIEWED_DATES = 1_000;

/** Measures a date for each preview, and for an order that no preview went before. */
export function createDateFactsReader(
  measureDate: (date: GameDate) => Promise<DateCoverage>,
  clock: () => number,
): ReadDateFacts {
  const previewed = createRecentValues<GameDate, DateFacts>({
    keepMs: PREVIEWED_MS,
    most: PREVIEWED_DATES,
    clock,
  });
  return async (date, purpose) => {
    const recent = purpose === "order" ? previewed.get(date) : undefined;
    if (recent) return recent;
    const facts = factsOf(await measureDate(date));
    if (purpose === "preview" && facts.problem === null) previewed.set(date, facts);
    return facts;
  };
}

function factsOf({ summary, games, stale }: DateCoverage): DateFacts {
  // The source lists every game that was played: all but those that will not be.
  const listed = games.filter(({ standing }) => standing !== "unplayed" && standing !== "withdrawn");
  return { state: summary.state, scheduledGames: listed.length, problem: stale?.message ?? null };
}
