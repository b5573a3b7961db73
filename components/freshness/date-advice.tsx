import { CommandLine } from "@/components/shell/command-line";
import { EasternTime, RelativeTime } from "@/components/shell/relative-time";
import { assertNever } from "@/lib/assert-never";
import type { DateSummary } from "@/lib/contracts/coverage";
import { longLabel } from "@/lib/game-date";
import classes from "./date-advice.module.css";

/**
 * What is wrong in one sentence, when the data are or were due, why the run that would help has not started,
 * and the command where nothing here runs it.
 */
export function DateAdvice({ summary, waiting }: { summary: DateSummary; waiting: string | undefined }) {
  const { advice } = summary;
  return (
    <div className={classes.advice}>
      <p className={classes.text}>
        {advice.text}
        {advice.text && !/[.!?]$/.test(advice.text) && "."} <Due summary={summary} />
      </p>
      {waiting && <p className={classes.waiting}>{waiting}</p>}
      {advice.command && advice.dbt === null && (
        <>
          <p className={classes.how}>{howText(advice.step)}</p>
          <CommandLine command={advice.command} label={`the command for ${longLabel(summary.date)}`} />
        </>
      )}
    </div>
  );
}

function Due({ summary }: { summary: DateSummary }) {
  if (summary.expected === 0) return null;
  // The sentence of a pending date names the moment itself.
  if (summary.state === "pending") {
    return (
      <span className={classes.due}>
        (<RelativeTime at={summary.dueAt} />)
      </span>
    );
  }
  return (
    <span className={classes.due}>
      {summary.state === "upcoming" ? "Due " : "Due since "}
      <EasternTime at={summary.dueAt} /> (<RelativeTime at={summary.dueAt} />)
    </span>
  );
}

function howText(step: DateSummary["advice"]["step"]): string {
  switch (step) {
    case "dbt":
      return "Run it in the dbt checkout; the next scheduled build does the same.";
    case "backfill":
      return "The runbook's command:";
    case "wait":
    case "none":
      return "";
    default:
      return assertNever(step);
  }
}
