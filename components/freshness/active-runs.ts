import type { ListRunsResponse, RunSummary } from "@/lib/contracts/runs";
import type { GameDate } from "@/lib/game-date";
import { runsQuery } from "@/lib/queries/run-queries";
import { isFinal } from "@/lib/runs/run-states";

/** Every run that has not ended; one query for the navigation and the calendar. */
export function activeRunsQuery() {
  return runsQuery({ state: "active", limit: 200 });
}

/** The dbt build that runs, or the one that is next; dates that are behind wait for it. */
export function activeBuild({ runs }: ListRunsResponse): RunSummary | undefined {
  return runs.findLast((run) => run.kind === "dbt" && !isFinal(run.state));
}

/** The active backfill of each date; of several, the one that was asked for first. */
export function runsByDate({ runs }: ListRunsResponse): Map<GameDate, RunSummary> {
  // The stream writes a run's end into this list before the list itself is read again.
  const open = runs.filter((run) => run.kind === "backfill" && !isFinal(run.state));
  // Newest first in the answer: the earliest is written last and stays.
  return new Map(open.flatMap((run) => (run.gameDate ? [[run.gameDate, run] as const] : [])));
}
