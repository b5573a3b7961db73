"use client";

import { Modal } from "@mantine/core";
import { PHONE, useMedia } from "@/components/shell/use-media";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import type { DbtParams } from "@/lib/contracts/run-kinds/dbt";
import { BuildForm } from "./build-form";

export type BuildDialogProps = {
  build: DbtParams;
  title: string;
  /** Why it is this build, where that is not plain. */
  why?: string | null;
  /** Also called once the order was placed. */
  onClose: () => void;
};

/** Shows exactly what a dbt build would run, and orders it. */
export function BuildDialog({ build, title, why = null, onClose }: BuildDialogProps) {
  useReturnFocus();
  const phone = useMedia(PHONE);
  return (
    <Modal opened onClose={onClose} title={title} size={660} fullScreen={phone} yOffset="8vh">
      <BuildForm build={build} why={why} onClose={onClose} />
    </Modal>
  );
}
