"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";

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
      <Button variant="default" onClick={() => setOpened(true)}>
        Run again…
      </Button>
      {opened && (
        <MlDialog onClose={() => setOpened(false)} onOrdered={(run) => router.push(`/runs/${run.id}`)} />
      )}
    </>
  );
}
