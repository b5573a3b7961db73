import type { RunDetail } from "@/lib/contracts/runs";
import { easternSeconds } from "./format-moment";
import classes from "./receipt-strip.module.css";
import { type Figure, gamesFigure, missingFigure, rowsFigure } from "./receipt-words";
import { isActive } from "./run-state";

/** What the run changed, first of all and at arm's length: games, rows, what is still missing, exit. */
export function ReceiptStrip({ run }: { run: RunDetail }) {
  const receipt = run.receipt?.kind === "backfill" ? run.receipt : null;
  const unknown: Figure = {
    value: "—",
    note: isActive(run.state) ? "measured at the end" : "not measured",
    tone: "none",
  };
  const figures: { label: string; figure: Figure }[] = [
    { label: "Receipt", figure: receipt ? gamesFigure(receipt) : unknown },
    { label: "Rows", figure: receipt ? rowsFigure(receipt) : unknown },
    { label: "Still missing", figure: receipt ? missingFigure(receipt) : unknown },
    { label: "Exit", figure: exitFigure(run) },
  ];
  return (
    <dl className={classes.strip} aria-label="Receipt">
      {figures.map(({ label, figure }) => (
        <div key={label} className={classes.cell}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.figure}>
            <span className={classes.value} data-tone={figure.tone}>
              {figure.value}
            </span>{" "}
            <span className={classes.note}>{figure.note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function exitFigure(run: RunDetail): Figure {
  const ended = run.finishedAt === null ? "" : `ended ${easternSeconds(run.finishedAt)}`;
  // After a cancel the signal is what was asked for.
  if (run.signal !== null)
    return { value: run.signal, note: ended, tone: run.state === "cancelled" ? "plain" : "missing" };
  if (run.exitCode !== null)
    return { value: String(run.exitCode), note: ended, tone: run.exitCode === 0 ? "plain" : "missing" };
  if (run.state === "queued") return { value: "—", note: "not started", tone: "none" };
  if (isActive(run.state)) return { value: "—", note: "not ended", tone: "none" };
  return { value: "none", note: ended, tone: "plain" };
}
