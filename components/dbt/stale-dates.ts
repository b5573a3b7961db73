import type { DateSummary } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import type { Refresh } from "./refresh-button";

export type StaleDates = { dates: GameDate[]; refresh: Refresh };

/** The dates whose silver is behind, newest first, and the one build that mends them all; null for none. */
export function staleDates(dates: readonly Pick<DateSummary, "date" | "advice">[]): StaleDates | null {
  const behind = dates.flatMap(({ date, advice }) => (advice.dbt ? [{ date, refresh: advice.dbt }] : []));
  if (behind.length === 0) return null;
  const demanding = behind.find(({ refresh }) => refresh.fullRefresh);
  return {
    dates: behind.map(({ date }) => date).toSorted((a, b) => b.localeCompare(a)),
    refresh: {
      select: [...new Set(behind.flatMap(({ refresh }) => refresh.select))],
      fullRefresh: demanding !== undefined,
      why: (demanding ?? behind[0])?.refresh.why ?? "",
    },
  };
}
