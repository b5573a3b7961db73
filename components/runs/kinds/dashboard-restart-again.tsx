"use client";

import { RestartButton } from "@/components/dashboard/restart-button";
import { modeOf } from "@/components/dashboard/restart-mode";
import type { RunDetail } from "@/lib/contracts/runs";

/** Opens the dialog that orders the same once more: it previews the service as it is now. */
export function DashboardRestartAgain({ run }: { run: RunDetail }) {
  return (
    <RestartButton mode={modeOf(run)} variant="default">
      Run again…
    </RestartButton>
  );
}
