"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { buildOf } from "@/components/dbt/build-of-run";
import { ActButton } from "@/components/shell/act-button";
import type { RunDetail } from "@/lib/contracts/runs";

const BuildDialog = dynamic(
  () => import("@/components/dbt/build-dialog").then((module) => module.BuildDialog),
  { ssr: false },
);

/** Opens the dialog that orders the same build once more: it previews what would run now, not what ran then. */
export function DbtAgain({ run }: { run: RunDetail }) {
  const [opened, setOpened] = useState(false);
  const build = buildOf(run);
  if (!build) return null;
  return (
    <>
      <ActButton needs="run" variant="default" onClick={() => setOpened(true)}>
        Run again…
      </ActButton>
      {opened && <BuildDialog build={build} title="Run again" onClose={() => setOpened(false)} />}
    </>
  );
}
