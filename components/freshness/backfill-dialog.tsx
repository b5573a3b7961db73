"use client";

import { Modal } from "@mantine/core";
import { PHONE, useMedia } from "@/components/shell/use-media";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import { type GameDate, longLabel } from "@/lib/game-date";
import { BackfillForm } from "./backfill-form";

type BackfillDialogProps = {
  dates: GameDate[];
  onClose: () => void;
  /** After the order was placed; the dialog is closed by then. */
  onOrdered: () => void;
};

/** Shows exactly what would run for one or many dates, and orders it. */
export function BackfillDialog({ dates, onClose, onOrdered }: BackfillDialogProps) {
  useReturnFocus();
  const phone = useMedia(PHONE);
  const [only] = dates;
  return (
    <Modal
      opened
      onClose={onClose}
      title={dates.length === 1 && only ? `Backfill ${longLabel(only)}` : `Backfill ${dates.length} dates`}
      size={640}
      fullScreen={phone}
      yOffset="12vh"
    >
      <BackfillForm dates={dates} onClose={onClose} onOrdered={onOrdered} />
    </Modal>
  );
}
