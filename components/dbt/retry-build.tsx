"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { ActButton } from "@/components/shell/act-button";
import type { RunDetail } from "@/lib/contracts/runs";
import { buildOf } from "./build-of-run";

const BuildDialog = dynamic(() => import("./build-dialog").then((module) => module.BuildDialog), {
  ssr: false,
});

/** Builds once more what failed in a run, and what was skipped because of it. */
export function RetryBuild({ run }: { run: RunDetail }) {
  const [opened, setOpened] = useState(false);
  const build = buildOf(run);
  const unfinished = run.receipt?.kind === "dbt" ? run.receipt.unfinished : [];
  if (!build || unfinished.length === 0) return null;
  const close = () => setOpened(false);
  return (
    <>
      <ActButton needs="run" size="xs" onClick={() => setOpened(true)}>
        Run again from the failure…
      </ActButton>
      {opened && (
        <BuildDialog
          // What was left unfinished is the server's to say.
          build={{ select: [], fullRefresh: build.fullRefresh, retryOf: run.id }}
          title="Run again from the failure"
          why={`${unfinished.length === 1 ? "The 1 node" : `The ${unfinished.length} nodes`} that failed or were skipped; what was built stays as it is.`}
          onClose={close}
        />
      )}
    </>
  );
}
