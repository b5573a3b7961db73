"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActButton } from "@/components/shell/act-button";

const MlDialog = dynamic(
  () => import("@/components/predictions/ml-dialog").then((module) => module.MlDialog),
  { ssr: false },
);

/** Opens the dialog for the ML program's date now: a run for a date that is past could predict nothing of it. */
export function MlAgain() {
  const router = useRouter();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <ActButton needs="run" variant="default" onClick={() => setOpened(true)}>
        Run again…
      </ActButton>
      {opened && (
        <MlDialog onClose={() => setOpened(false)} onOrdered={(run) => router.push(`/runs/${run.id}`)} />
      )}
    </>
  );
}
