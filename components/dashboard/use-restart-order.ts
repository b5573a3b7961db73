import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";
import { useOpenPlacedRun } from "@/components/runs/use-open-placed-run";
import type { DashboardMode, DashboardRestartPreview } from "@/lib/contracts/run-kinds/dashboard-restart";
import type { CreateRunsInput, RunPreview } from "@/lib/contracts/runs";
import { createRuns, runKeys, runPreviewQuery } from "@/lib/queries/run-queries";

/** The one run of a restart's preview, with what only restarts have to say. */
export function previewedRestart(preview: RunPreview | undefined): {
  run: RunPreview["runs"][number];
  details: DashboardRestartPreview;
  warnings: RunPreview["warnings"];
} | null {
  const run = preview?.runs[0];
  if (!preview || run?.details?.kind !== "dashboard-restart") return null;
  return { run, details: run.details, warnings: [...preview.warnings, ...run.warnings] };
}

type Order = {
  mode: DashboardMode;
  reason: string;
  /** The service's name as it was typed; empty for a refresh. */
  confirm: string;
  /** After the order was placed, and its run's page is being gone to. */
  onOrdered: () => void;
};

/** While the dialog is open the service may change: a deployment ends, a task comes up. */
const LOOK_AGAIN_MS = 3_000;

/** The preview of a restart or a refresh, looked at again while it is on screen, and the order itself. */
export function useRestartOrder({ mode, reason, confirm, onOrdered }: Order) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const openPlacedRun = useOpenPlacedRun();
  // One for as long as the dialog is open: a second try after a lost answer gives the same run.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const order = { kind: "dashboard-restart", params: [{ mode }] } as const satisfies CreateRunsInput;
  const preview = useQuery({
    ...runPreviewQuery(order),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const place = useMutation({
    mutationFn: () =>
      createRuns(
        { ...order, reason: reason.trim() || undefined, confirm: confirm.trim() || undefined },
        idempotencyKey,
      ),
    onSuccess: ({ runs: [run] }) => {
      const planned = preview.data?.runs[0];
      if (run && planned && !run.alreadyActive) openPlacedRun(run, planned);
      else if (run) router.push(`/runs/${run.id}`);
      // Together with the page that comes: the one behind the dialog need not be drawn once more.
      startTransition(onOrdered);
      // The stream tells of new runs as well; this is for the moment in which it is being connected again.
      void queryClient.invalidateQueries({ queryKey: runKeys.all, refetchType: "none" });
    },
  });
  return { preview, place };
}
