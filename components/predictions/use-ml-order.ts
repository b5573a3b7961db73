import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CreateRunsInput, CreateRunsResponse } from "@/lib/contracts/runs";
import type { GameDate } from "@/lib/game-date";
import { createRuns, runKeys, runPreviewQuery } from "@/lib/queries/run-queries";

type Order = {
  gameDate: GameDate;
  override: boolean;
  reason: string;
  onClose: () => void;
  onOrdered: (run: CreateRunsResponse["runs"][number]) => void;
};

/** While the dialog is open the feature table or the flag may change: dbt is being run, for one. */
const LOOK_AGAIN_MS = 10_000;

/** The preview of an ML re-run, looked at again while it is on screen, and the order itself. */
export function useMlOrder({ gameDate, override, reason, onClose, onOrdered }: Order) {
  const queryClient = useQueryClient();
  // One for as long as the dialog is open: a second try after a lost answer gives the same run.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const order: CreateRunsInput = { kind: "ml", params: [{ gameDate }], overrideDailyRun: override };
  const preview = useQuery({
    ...runPreviewQuery(order),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const place = useMutation({
    mutationFn: () => createRuns({ ...order, reason: reason.trim() || undefined }, idempotencyKey),
    onSuccess: ({ runs: [run] }) => {
      onClose();
      if (run) onOrdered(run);
      // The stream tells of new runs as well; this is for the moment in which it is being connected again.
      void queryClient.invalidateQueries({ queryKey: runKeys.all });
    },
  });
  return { preview, place };
}
