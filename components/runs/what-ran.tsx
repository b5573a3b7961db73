import Link from "next/link";
import { CommandLine } from "@/components/shell/command-line";
import { useViewer } from "@/components/shell/viewer-provider";
import type { RunDetail } from "@/lib/contracts/runs";
import { quoteArgv } from "@/lib/runs/quote-argv";
import { RunTimings } from "./run-timings";
import { SidePanel } from "./side-panel";
import classes from "./what-ran.module.css";

/** Exactly what was executed, where, by which worker, when, and why. */
export function WhatRan({ run }: { run: RunDetail }) {
  const where = [
    `in ${run.cwd}`,
    run.worker ?? "no worker yet",
    run.lockKey && `lock ${run.lockKey}`,
    run.attempt > 1 ? `attempt ${run.attempt}` : "",
  ].filter(Boolean);
  const { permissions } = useViewer();
  return (
    <SidePanel
      title={run.startedAt === null ? "What will run" : "What ran"}
      end={
        permissions.includes("audit") && (
          // Seldom followed: to fetch it ahead would take the server's time while the first lines come.
          <Link href={`/audit?run=${run.id}`} prefetch={false}>
            Audit
          </Link>
        )
      }
    >
      <div className={classes.body}>
        <CommandLine command={quoteArgv(run.argv)} label="the command" />
        <p className={classes.where}>{where.join(" · ")}</p>
        {run.reason && <p className={classes.where}>Reason: “{run.reason}”</p>}
        <RunTimings run={run} />
      </div>
    </SidePanel>
  );
}
