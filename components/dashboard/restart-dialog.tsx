"use client";

import { Modal } from "@mantine/core";
import { PHONE, useMedia } from "@/components/shell/use-media";
import { useReturnFocus } from "@/components/shell/use-return-focus";
import type { DashboardMode } from "@/lib/contracts/run-kinds/dashboard-restart";
import { RestartForm } from "./restart-form";

const TITLE: Record<DashboardMode, string> = {
  restart: "Restart the dashboard",
  refresh: "Refresh the dashboard's data",
};

type RestartDialogProps = {
  mode: DashboardMode;
  /** Also called once the order was placed. */
  onClose: () => void;
};

/** Says what a restart would stop, what that costs and what speaks against it, and orders it. */
export function RestartDialog({ mode, onClose }: RestartDialogProps) {
  useReturnFocus();
  const phone = useMedia(PHONE);
  return (
    <Modal opened onClose={onClose} title={TITLE[mode]} size={620} fullScreen={phone} yOffset="5vh">
      <RestartForm mode={mode} onClose={onClose} />
    </Modal>
  );
}
