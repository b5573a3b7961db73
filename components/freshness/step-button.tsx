import { Button } from "@mantine/core";
import Link from "next/link";
import type { DateSummary } from "@/lib/contracts/coverage";
import type { RunSummary } from "@/lib/contracts/runs";
import { type GameDate, shortLabel } from "@/lib/game-date";
import classes from "./step-button.module.css";

type StepButtonProps = {
  summary: DateSummary;
  run: RunSummary | undefined;
  onOpen: (date: GameDate) => void;
  onBackfill: (dates: GameDate[]) => void;
};

/** The step that helps a date: the run that is on its way, a backfill, or where dbt's command is. */
export function StepButton({ summary, run, onOpen, onBackfill }: StepButtonProps) {
  const label = shortLabel(summary.date);
  if (run) {
    return (
      <Link
        href={`/runs/${run.id}`}
        className={classes.run}
        aria-label={`Backfill of ${label} is ${run.state}: open it`}
      >
        <span className={classes.ring} aria-hidden />
        {run.state}
      </Link>
    );
  }
  if (summary.advice.step === "backfill") {
    return (
      <Button
        size="xs"
        variant="default"
        aria-label={`Backfill ${label}…`}
        className={classes.button}
        onClick={() => onBackfill([summary.date])}
      >
        Backfill…
      </Button>
    );
  }
  if (summary.advice.step === "dbt") {
    return (
      <Button
        size="xs"
        variant="default"
        aria-label={`dbt command for ${label}`}
        className={classes.button}
        onClick={() => onOpen(summary.date)}
      >
        dbt command
      </Button>
    );
  }
  return null;
}
