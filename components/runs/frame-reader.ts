import type { QueryClient } from "@tanstack/react-query";
import type { ListRunsResponse, RunDetail, RunSummary } from "@/lib/contracts/runs";
import type { StreamFrame } from "@/lib/contracts/stream";
import { coverageKeys } from "@/lib/queries/coverage-queries";
import { noteCoverageChange } from "@/lib/queries/coverage-refresh";
import { runKeys } from "@/lib/queries/run-queries";

/** Many runs may change at once (a range of dates was ordered): the lists are read again once for all. */
export const LISTS_REFRESH_MS = 750;

/** Brings what the stream says into the query cache: shown at once where it is known, read again where it is not. */
export function frameReader(queryClient: QueryClient): (frame: StreamFrame) => void {
  const refreshLists = throttled(() => {
    void queryClient.invalidateQueries({
      queryKey: runKeys.all,
      predicate: (query) => query.queryKey[1] === "list",
    });
  }, LISTS_REFRESH_MS);
  return (frame) => {
    if (frame.type === "run") {
      applyRun(queryClient, frame.run);
      refreshLists();
    }
    if (frame.type === "coverage") {
      noteCoverageChange();
      void queryClient.invalidateQueries({
        queryKey: coverageKeys.all,
        predicate: ({ queryKey: [, what, which] }) => what !== "date" || frame.dates.includes(String(which)),
      });
    }
  };
}

/** The summary is shown at once; receipt, exit code and the like are only in the detail, which is read again. */
function applyRun(queryClient: QueryClient, run: RunSummary) {
  queryClient.setQueryData<RunDetail>(runKeys.detail(run.id), (known) => known && { ...known, ...run });
  void queryClient.invalidateQueries({ queryKey: runKeys.detail(run.id) });
  queryClient.setQueriesData<ListRunsResponse>(
    { queryKey: runKeys.all, predicate: (query) => query.queryKey[1] === "list" },
    (known) => known && { ...known, runs: known.runs.map((other) => (other.id === run.id ? run : other)) },
  );
}

/** Runs `action` at once, then at most every `interval` milliseconds, the last call never lost. */
function throttled(action: () => void, interval: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = () => {
    again = false;
    action();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) run();
    }, interval);
  };
  return () => {
    if (timer === undefined) run();
    else again = true;
  };
}
