import type { DateState, DateSummary } from "@/lib/contracts/coverage";

/** How bad a state is; 0 needs nobody. */
const SEVERITY: Record<DateState, number> = {
  missing: 3,
  partial: 2,
  stale: 1,
  pending: 0,
  whole: 0,
  upcoming: 0,
  off: 0,
};

/** True when somebody should act on the date. */
export function needsAttention(summary: DateSummary): boolean {
  return SEVERITY[summary.state] > 0;
}

/** True when a backfill is the step that would help. */
export function lacksData(summary: DateSummary): boolean {
  return summary.state === "missing" || summary.state === "partial";
}

/** The dates that need attention, worst first: by state, then by games that lack something, then newest. */
export function orderAttention(dates: DateSummary[]): DateSummary[] {
  return dates
    .filter(needsAttention)
    .toSorted(
      (a, b) =>
        SEVERITY[b.state] - SEVERITY[a.state] ||
        b.lacking.length - a.lacking.length ||
        b.date.localeCompare(a.date),
    );
}
