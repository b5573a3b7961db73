"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { RefreshButton } from "@/components/dbt/refresh-button";
import { ActButton } from "@/components/shell/act-button";
import type { DateSummary } from "@/lib/contracts/coverage";
import type { RunSummary } from "@/lib/contracts/runs";
import { type GameDate, longLabel, shortLabel } from "@/lib/game-date";
import { activeBuild, activeRunsQuery } from "./active-runs";
import classes from "./step-button.module.css";

type StepButtonProps = {
  summary: DateSummary;
  run: RunSummary | undefined;
  onBackfill: (dates: GameDate[]) => void;
};

/** The step that helps a date: the run that is on its way, a backfill, or a refresh of silver. */
export function StepButton({ summary, run, onBackfill }: StepButtonProps) {
  const label = shortLabel(summary.date);
  const build = useQuery({ ...activeRunsQuery(), select: activeBuild }).data;
  if (run) return <RunLink run={run} label={`Backfill of ${label} is ${run.state}: open it`} />;
  if (summary.advice.step === "backfill") {
    return (
      <ActButton
        needs="run"
        size="xs"
        variant="default"
        aria-label={`Backfill ${label}…`}
        className={classes.button}
        onClick={() => onBackfill([summary.date])}
      >
        Backfill…
      </ActButton>
    );
  }
  if (summary.advice.dbt) {
    if (build) return <RunLink run={build} label={`A dbt build is ${build.state}: open it`} />;
    return (
      <RefreshButton
        refresh={summary.advice.dbt}
        title={`Refresh silver: ${longLabel(summary.date)}`}
        size="xs"
        variant="default"
        aria-label={`Refresh silver for ${label}…`}
        className={classes.button}
      >
        Refresh silver…
      </RefreshButton>
    );
  }
  return null;
}

function RunLink({ run, label }: { run: RunSummary; label: string }) {
  return (
    <Link href={`/runs/${run.id}`} className={classes.run} aria-label={label}>
      <span className={classes.ring} aria-hidden />
      {run.state}
    </Link>
  );
}
