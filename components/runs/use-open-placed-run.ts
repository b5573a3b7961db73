"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLiveConnection } from "@/components/shell/live-provider";
import { useOpenRunInPlace } from "@/components/shell/run-in-place";
import type { RunPreview, RunSummary } from "@/lib/contracts/runs";
import { runKeys } from "@/lib/queries/run-queries";
import { REFRESH_SOON_MS } from "./frame-reader";
import { readLogEarly } from "./open-run-log";
import { placedRun } from "./placed-run";

/** Opens the page of a run that was ordered this moment, without asking the server for it first. */
export function useOpenPlacedRun() {
  const queryClient = useQueryClient();
  const connection = useLiveConnection();
  const openRunInPlace = useOpenRunInPlace();
  return (run: RunSummary, planned: RunPreview["runs"][number]) => {
    readLogEarly(connection, run.id);
    queryClient.setQueryData(runKeys.detail(run.id), placedRun(run, planned));
    openRunInPlace(run.id);
    // Drawn from what is known here, the run itself is read behind it.
    setTimeout(
      () => void queryClient.invalidateQueries({ queryKey: runKeys.detail(run.id) }),
      REFRESH_SOON_MS,
    );
  };
}
