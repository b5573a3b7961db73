"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { ActButton } from "@/components/shell/act-button";
import type { GameDate } from "@/lib/game-date";

const BackfillDialog = dynamic(
  () => import("@/components/freshness/backfill-dialog").then((module) => module.BackfillDialog),
  { ssr: false },
);

/** Opens the dialog that orders the same date once more: it previews what would run now, not what ran then. */
export function RunAgain({ date, primary = false }: { date: GameDate | null; primary?: boolean }) {
  const [opened, setOpened] = useState(false);
  if (date === null) return null;
  const close = () => setOpened(false);
  return (
    <>
      <ActButton needs="run" variant={primary ? "filled" : "default"} onClick={() => setOpened(true)}>
        Run again…
      </ActButton>
      {opened && <BackfillDialog dates={[date]} onClose={close} onOrdered={close} />}
    </>
  );
}
