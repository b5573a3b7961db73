"use client";

import { localMoment } from "@/components/shell/format-time";
import { useHydrated } from "@/components/shell/relative-time";
import type { RunDetail } from "@/lib/contracts/runs";
import { elapsed, formatDuration } from "./format-duration";
import { easternSeconds } from "./format-moment";
import classes from "./run-timings.module.css";

type Step = { label: string; at: string; note: string };

/** The moments of a run, each with what passed since the one before. */
export function RunTimings({ run }: { run: RunDetail }) {
  const hydrated = useHydrated();
  return (
    <dl className={classes.list}>
      {stepsOf(run).map(({ label, at, note }) => (
        <div key={label} className={classes.step}>
          <dt>{label}</dt>
          <dd>
            <time dateTime={at} title={hydrated ? `${localMoment(new Date(at))} (your time)` : undefined}>
              {easternSeconds(at)}
            </time>
          </dd>
          <dd className={classes.note}>{note}</dd>
        </div>
      ))}
    </dl>
  );
}

function stepsOf(run: RunDetail): Step[] {
  const steps: Step[] = [{ label: "Asked", at: run.queuedAt, note: `by ${run.requestedBy}` }];
  if (run.startedAt !== null)
    steps.push({
      label: "Started",
      at: run.startedAt,
      note: `waited ${between(run.queuedAt, run.startedAt)}`,
    });
  if (run.cancelRequestedAt !== null)
    steps.push({
      label: "Cancel",
      at: run.cancelRequestedAt,
      note: run.cancelRequestedBy === null ? "asked for" : `by ${run.cancelRequestedBy}`,
    });
  if (run.finishedAt !== null)
    steps.push({
      label: "Ended",
      at: run.finishedAt,
      note:
        run.startedAt === null
          ? `waited ${between(run.queuedAt, run.finishedAt)}`
          : `took ${between(run.startedAt, run.finishedAt)}`,
    });
  return steps;
}

function between(from: string, to: string): string {
  return formatDuration(elapsed(from, to, 0));
}
