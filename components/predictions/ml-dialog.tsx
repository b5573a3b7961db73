"use client";

import { Modal } from "@mantine/core";
import { useNow } from "@/components/shell/now-provider";
import { PHONE, useMedia } from "@/components/shell/use-media";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import type { CreateRunsResponse } from "@/lib/contracts/runs";
import { longLabel } from "@/lib/game-date";
import { MlForm } from "./ml-form";

type MlDialogProps = {
  onClose: () => void;
  /** After the order was placed; the dialog is closed by then. */
  onOrdered: (run: CreateRunsResponse["runs"][number]) => void;
};

/** Shows what the ML program would predict now and what stands in its way, and orders a run of it. */
export function MlDialog({ onClose, onOrdered }: MlDialogProps) {
  useReturnFocus();
  const phone = useMedia(PHONE);
  // The program knows no other date than the UTC one of the moment in which it runs.
  const gameDate = useNow().toISOString().slice(0, 10);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Run the ML program for ${longLabel(gameDate)}`}
      size={640}
      fullScreen={phone}
      yOffset="8vh"
    >
      <MlForm key={gameDate} gameDate={gameDate} onClose={onClose} onOrdered={onOrdered} />
    </Modal>
  );
}
