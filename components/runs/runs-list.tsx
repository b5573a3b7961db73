"use client";

import Link from "next/link";
import { moveFocus } from "@/components/shell/move-focus";
import { RelativeTime } from "@/components/shell/relative-time";
import { JOBS } from "@/jobs/registry";
import type { RunSummary } from "@/lib/contracts/runs";
import { outcomeText, RunDuration, WaitingText } from "./run-header";
import { isActive, RUN_STATE_LOOK } from "./run-state";
import { RunStateBadge } from "./run-state-badge";
import classes from "./runs-list.module.css";

/** Runs as rows, or as cards where the screen is narrow; each leads to its page, arrow keys go between them. */
export function RunsList({ runs, refreshing }: { runs: RunSummary[]; refreshing: boolean }) {
  return (
    <div className={classes.panel} aria-busy={refreshing}>
      <div className={classes.head} aria-hidden>
        <span>State</span>
        <span>Kind</span>
        <span>Run</span>
        <span>Outcome</span>
        <span>Asked by</span>
        <span>Asked</span>
        <span className={classes.end}>Took</span>
      </div>
      <ul onKeyDown={moveFocus} data-refreshing={refreshing || undefined} className={classes.list}>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </ul>
    </div>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  const cancelling = run.cancelRequestedAt !== null && isActive(run.state);
  return (
    <li className={classes.row}>
      <span className={classes.state}>
        <RunStateBadge state={run.state} cancelling={cancelling} />
      </span>
      <span className={classes.kind}>{JOBS[run.kind].label}</span>
      <span className={classes.run}>
        <Link href={`/runs/${run.id}`} className={classes.link}>
          {run.title}
        </Link>
        {run.reason && <span className={classes.reason}>{run.reason}</span>}
      </span>
      <span className={classes.outcome}>
        <Outcome run={run} cancelling={cancelling} />
      </span>
      <span className={classes.who}>{run.requestedBy}</span>
      <span className={classes.asked}>
        <RelativeTime at={run.queuedAt} />
      </span>
      <span className={classes.took}>
        {run.startedAt === null ? (
          <span className={classes.none}>{isActive(run.state) ? "not started" : "—"}</span>
        ) : (
          <RunDuration startedAt={run.startedAt} finishedAt={run.finishedAt} />
        )}
      </span>
    </li>
  );
}

function Outcome({ run, cancelling }: { run: RunSummary; cancelling: boolean }) {
  if (run.outcome !== null) return outcomeText(run);
  if (cancelling) return "The program is being stopped.";
  if (run.waiting !== null) return <WaitingText waiting={{ ...run.waiting, runId: null }} />;
  return run.state === "queued" ? "Starts in a moment." : RUN_STATE_LOOK[run.state].description;
}
