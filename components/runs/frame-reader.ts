import type { QueryClient } from "@tanstack/react-query";
import { DASHBOARD_KEY } from "@/lib/contracts/dashboard";
import { DBT_PROJECT_KEY } from "@/lib/contracts/dbt";
import type { ListRunsResponse, RunDetail, RunSummary } from "@/lib/contracts/runs";
import type { StreamFrame } from "@/lib/contracts/stream";
import { coverageKeys } from "@/lib/queries/coverage-queries";
import { noteCoverageChange } from "@/lib/queries/coverage-refresh";
import { dashboardKeys } from "@/lib/queries/dashboard-queries";
import { dbtKeys } from "@/lib/queries/dbt-queries";
import { runKeys } from "@/lib/queries/run-queries";
import { isFinal } from "@/lib/runs/run-states";

/** What a frame does not carry is read a moment later: first what it says, and a new log's lines, are drawn. */
export const REFRESH_SOON_MS = 150;
/** Many runs may change at once (a range of dates was ordered): the lists are read again once for all. */
export const LISTS_REFRESH_MS = 750;

/** Brings what the stream says into the query cache: shown at once where it is known, read again where it is not. */
export function frameReader(queryClient: QueryClient): (frame: StreamFrame) => void {
  const refreshLists = throttled(() => {
    void queryClient.invalidateQueries({
      queryKey: runKeys.all,
      predicate: (query) => query.queryKey[1] === "list",
    });
  });
  return (frame) => {
    if (frame.type === "run") {
      showRun(queryClient, frame.run);
      refreshDetail(queryClient, frame.run);
      refreshLists();
      refreshDashboard(queryClient, frame.run);
    }
    if (frame.type === "observation" && frame.key === DBT_PROJECT_KEY)
      void queryClient.invalidateQueries({ queryKey: dbtKeys.all });
    if (frame.type === "observation" && frame.key === DASHBOARD_KEY)
      void queryClient.invalidateQueries({ queryKey: dashboardKeys.view });
    if (frame.type === "coverage") {
      noteCoverageChange();
      void queryClient.invalidateQueries({
        queryKey: coverageKeys.all,
        predicate: ({ queryKey: [, what, which] }) => what !== "date" || frame.dates.includes(String(which)),
      });
    }
  };
}

function showRun(queryClient: QueryClient, run: RunSummary) {
  queryClient.setQueryData<RunDetail>(runKeys.detail(run.id), (known) => known && { ...known, ...run });
  queryClient.setQueriesData<ListRunsResponse>(
    { queryKey: runKeys.all, predicate: (query) => query.queryKey[1] === "list" },
    (known) => known && { ...known, runs: known.runs.map((other) => (other.id === run.id ? run : other)) },
  );
}

/** Receipt, exit code and worker are only in the detail: of a run that has ended they are wanted at once. */
function refreshDetail(queryClient: QueryClient, { id, state }: RunSummary) {
  const refresh = () => void queryClient.invalidateQueries({ queryKey: runKeys.detail(id) });
  if (isFinal(state)) refresh();
  else setTimeout(refresh, REFRESH_SOON_MS);
}

/** A restart under way changes the service; what has ended may have changed what the dashboard should show. */
function refreshDashboard(queryClient: QueryClient, { kind, state }: RunSummary) {
  if (kind === "dashboard-restart")
    void queryClient.invalidateQueries({
      queryKey: isFinal(state) ? dashboardKeys.all : dashboardKeys.view,
    });
  // Backfills end in bronze, which the dashboard does not read.
  else if (isFinal(state) && kind !== "backfill")
    void queryClient.invalidateQueries({ queryKey: dashboardKeys.due });
}

/** Runs `action` soon, and at most every `LISTS_REFRESH_MS`, the last call never lost. */
function throttled(action: () => void): () => void {
  let isDue = false;
  let restedAt = 0;
  const run = () => {
    isDue = false;
    restedAt = Date.now() + LISTS_REFRESH_MS;
    action();
  };
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(run, Math.max(REFRESH_SOON_MS, restedAt - Date.now()));
  };
}
