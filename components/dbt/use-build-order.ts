import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";
import { useOpenPlacedRun } from "@/components/runs/use-open-placed-run";
import type { DbtParams, DbtPreview } from "@/lib/contracts/run-kinds/dbt";
import type { CreateRunsInput, RunPreview } from "@/lib/contracts/runs";
import { createRuns, runKeys, runPreviewQuery } from "@/lib/queries/run-queries";

/** What the server says that a build would do. */
export function buildPreviewQuery(build: DbtParams, overrideDailyRun = false) {
  return runPreviewQuery(orderOf(build, overrideDailyRun));
}

/** The one run of a build's preview, with what only builds have to say. */
export function previewedBuild(preview: RunPreview | undefined): {
  run: RunPreview["runs"][number];
  details: DbtPreview;
  warnings: RunPreview["warnings"];
} | null {
  const run = preview?.runs[0];
  if (!preview || !run || run.details?.kind !== "dbt") return null;
  return { run, details: run.details, warnings: [...preview.warnings, ...run.warnings] };
}

type Order = {
  build: DbtParams;
  override: boolean;
  reason: string;
  confirm: string;
  /** After the order was placed, and its run's page is being gone to. */
  onOrdered: () => void;
};

/** The preview of a build, and its order, which leads to the run's page. */
export function useBuildOrder({ build, override, reason, confirm, onOrdered }: Order) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const openPlacedRun = useOpenPlacedRun();
  // One for as long as the dialog is open: a second try after a lost answer gives the same run.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const preview = useQuery({ ...buildPreviewQuery(build, override), placeholderData: keepPreviousData });
  const place = useMutation({
    mutationFn: () =>
      createRuns(
        { ...orderOf(build, override), reason: reason.trim() || undefined, confirm: confirm || undefined },
        idempotencyKey,
      ),
    onSuccess: ({ runs }) => {
      const [run] = runs;
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

function orderOf(build: DbtParams, overrideDailyRun: boolean) {
  return { kind: "dbt", params: [build], overrideDailyRun } as const satisfies CreateRunsInput;
}
