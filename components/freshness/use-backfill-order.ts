import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";
import { useOpenPlacedRun } from "@/components/runs/use-open-placed-run";
import type { CreateRunsInput } from "@/lib/contracts/runs";
import type { GameDate } from "@/lib/game-date";
import { createRuns, runKeys, runPreviewQuery } from "@/lib/queries/run-queries";
import { announceRuns } from "./announce-runs";

type Order = {
  dates: GameDate[];
  override: boolean;
  reason: string;
  onClose: () => void;
  onOrdered: () => void;
};

/** The preview of a backfill order, and the order itself: one run leads to its page, several are announced. */
export function useBackfillOrder({ dates, override, reason, onClose, onOrdered }: Order) {
  const router = useRouter();
  const openPlacedRun = useOpenPlacedRun();
  const queryClient = useQueryClient();
  // One for as long as the dialog is open: a second try after a lost answer gives the same runs.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const order: CreateRunsInput = {
    kind: "backfill",
    params: dates.map((runDate) => ({ runDate })),
    overrideDailyRun: override,
  };
  const preview = useQuery({ ...runPreviewQuery(order), placeholderData: keepPreviousData });
  const place = useMutation({
    mutationFn: () => createRuns({ ...order, reason: reason.trim() || undefined }, idempotencyKey),
    onSuccess: ({ runs }) => {
      // The stream tells of new runs as well; this is for the moment in which it is being connected again.
      void queryClient.invalidateQueries({ queryKey: runKeys.all, refetchType: "none" });
      const [run] = runs;
      const planned = preview.data?.runs[0];
      if (runs.length !== 1 || !run) announceRuns(runs);
      else if (run.alreadyActive || !planned) router.push(`/runs/${run.id}`);
      else openPlacedRun(run, planned);
      // Together with the page that comes: the one behind the dialog need not be drawn once more.
      startTransition(() => {
        onClose();
        onOrdered();
      });
    },
  });
  return { preview, place };
}
