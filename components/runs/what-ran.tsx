import type { RunDetail } from "@/lib/contracts/runs";
import { quoteArgv } from "@/lib/runs/quote-argv";
import { CopyButton } from "./copy-button";
import { RunTimings } from "./run-timings";
import { SidePanel } from "./side-panel";
import classes from "./what-ran.module.css";

/** Exactly what was executed, where, by which worker, when, and why. */
export function WhatRan({ run }: { run: RunDetail }) {
  const command = quoteArgv(run.argv);
  const where = [
    `in ${run.cwd}`,
    run.worker ?? "no worker yet",
    `lock ${run.lockKey}`,
    run.attempt > 1 ? `attempt ${run.attempt}` : "",
  ].filter(Boolean);
  return (
    <SidePanel title={run.startedAt === null ? "What will run" : "What ran"}>
      <div className={classes.body}>
        <div className={classes.command}>
          <code className={classes.code}>{command}</code>
          <CopyButton text={command} label="Copy the command" />
        </div>
        <p className={classes.where}>{where.join(" · ")}</p>
        {run.reason && <p className={classes.where}>Reason: “{run.reason}”</p>}
        <RunTimings run={run} />
      </div>
    </SidePanel>
  );
}
