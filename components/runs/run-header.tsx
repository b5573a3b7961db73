"use client";

import Link from "next/link";
import { PageHeader } from "@/components/shell/page-header";
import { RelativeTime } from "@/components/shell/relative-time";
import { withStop } from "@/components/shell/with-stop";
import type { RunDetail, RunSummary, Waiting } from "@/lib/contracts/runs";
import { shortLabel } from "@/lib/game-date";
import { elapsed, formatCountdown, formatDuration } from "./format-duration";
import { KIND_VIEWS } from "./kinds/kind-views";
import { RunActions } from "./run-actions";
import classes from "./run-header.module.css";
import { isActive, RUN_STATE_LOOK } from "./run-state";
import { RunStateBadge } from "./run-state-badge";
import { useSeconds } from "./use-seconds";

/** Title, state, duration, who and when, the actions, and below them one sentence that says how it stands. */
export function RunHeader({ run }: { run: RunDetail }) {
  const cancelling = run.cancelRequestedAt !== null && isActive(run.state);
  return (
    <>
      <PageHeader
        title={
          <div className={classes.lead}>
            <h1 className={classes.title}>{run.title}</h1>
            <RunStateBadge state={run.state} cancelling={cancelling} />
          </div>
        }
        sub={
          <>
            {run.startedAt !== null && (
              <>
                <RunDuration startedAt={run.startedAt} finishedAt={run.finishedAt} /> ·{" "}
              </>
            )}
            {run.requestedBy} · <RelativeTime at={run.queuedAt} />
            {run.gameDate !== null && (
              <>
                {" "}
                ·{" "}
                <Link href={`/?date=${run.gameDate}`} className={classes.date}>
                  {shortLabel(run.gameDate)} in Freshness
                </Link>
              </>
            )}
          </>
        }
        actions={<RunActions run={run} />}
      />
      <Sentence run={run} cancelling={cancelling} />
    </>
  );
}

/** States whose outcome says it all; the others need a word on what they mean and what to do. */
const SPEAKS_FOR_ITSELF: Partial<Record<RunDetail["state"], boolean>> = { succeeded: true, partly: true };

function Sentence({ run, cancelling }: { run: RunDetail; cancelling: boolean }) {
  const { tone } = RUN_STATE_LOOK[run.state];
  const meaning = KIND_VIEWS[run.kind].stateWords[run.state] ?? RUN_STATE_LOOK[run.state].description;
  if (cancelling)
    return (
      <p className={classes.sentence} data-tone="pending" role="status">
        {KIND_VIEWS[run.kind].cancellingText ??
          "Cancelling: the program and everything that it started are being stopped."}
      </p>
    );
  if (run.state === "queued")
    return (
      <p className={classes.sentence} data-tone={isFault(run.waiting) ? "partial" : tone} role="status">
        {run.waiting === null ? (
          "Starts in a moment."
        ) : (
          <span className={isFault(run.waiting) ? classes.outcome : undefined}>
            <WaitingText waiting={run.waiting} />
          </span>
        )}
      </p>
    );
  return (
    <p className={classes.sentence} data-tone={tone} role="status">
      {run.outcome !== null && <strong className={classes.outcome}>{outcomeText(run)} </strong>}
      {run.outcome !== null && SPEAKS_FOR_ITSELF[run.state] ? null : meaning}
    </p>
  );
}

/** The run's outcome as one or two sentences. */
export function outcomeText({ kind, outcome }: Pick<RunSummary, "kind" | "outcome">): string {
  if (outcome === null) return "";
  return withStop(KIND_VIEWS[kind].outcomeText?.(outcome) ?? outcome);
}

/** A wait that nothing ends by itself: somebody has to mend what is away. */
function isFault(waiting: Waiting | null): boolean {
  return waiting?.for === "worker" || waiting?.for === "doorbell";
}

/** Why a queued run has not started, with what is left of the wait, and the run that it waits for. */
export function WaitingText({ waiting }: { waiting: Waiting }) {
  const now = useSeconds(waiting.until !== null);
  const left = waiting.until === null ? null : formatCountdown(waiting.until, now);
  return (
    <>
      {withStop(waiting.text)}
      {left !== null && (
        <>
          {" "}
          Starts in <span className={classes.figure}>{left}</span>.
        </>
      )}
      {waiting.runId !== null && (
        <>
          {" "}
          <Link href={`/runs/${waiting.runId}`}>See that run</Link>
        </>
      )}
    </>
  );
}

/** How long a run took, or has taken so far, each second. */
export function RunDuration({ startedAt, finishedAt }: { startedAt: string; finishedAt: string | null }) {
  const now = useSeconds(finishedAt === null);
  return <span className={classes.figure}>{formatDuration(elapsed(startedAt, finishedAt, now))}</span>;
}
