// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid to move in; table elements lose their roles when laid out as a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell of the grid takes the focus, its rows and headings do not
import { memo, useState } from "react";
import type { DateState, DateSummary } from "@/lib/contracts/coverage";
import type { RunState } from "@/lib/contracts/runs";
import classes from "./calendar-cell.module.css";
import { DATE_STATE } from "./date-state";
import { dayLabel } from "./day-label";
import { StateGlyph } from "./state-glyph";

export type CalendarCellProps = {
  summary: DateSummary;
  today: boolean;
  open: boolean;
  selected: boolean;
  /** Whether Tab reaches this cell: one of the whole grid. */
  tabbable: boolean;
  /** State of the date's active run. */
  run: RunState | null;
};

/** One date of the calendar. It holds no handlers: the grid listens for all of its cells. */
export const CalendarCell = memo(function CalendarCell(props: CalendarCellProps) {
  const { summary, today, open, selected, tabbable, run } = props;
  const turnedWhole = useTurnedWhole(summary.state);
  return (
    <div
      role="gridcell"
      className={classes.cell}
      tabIndex={tabbable ? 0 : -1}
      aria-label={dayLabel(summary, { today, run })}
      aria-selected={selected}
      aria-current={today ? "date" : undefined}
      data-date={summary.date}
      data-state={summary.state}
      data-bare={summary.expected === 0 || undefined}
      data-open={open || undefined}
      data-run={run ?? undefined}
      data-turned={turnedWhole || undefined}
    >
      <span className={classes.day}>{Number(summary.date.slice(8))}</span>
      <Mark summary={summary} run={run} />
      <Measure summary={summary} />
    </div>
  );
});

/** True from the moment on in which a date on screen became whole. */
function useTurnedWhole(state: DateState): boolean {
  const [seen, setSeen] = useState(state);
  const [turned, setTurned] = useState(false);
  if (seen !== state) {
    setSeen(state);
    setTurned(state === "whole");
  }
  return turned;
}

function Mark({ summary, run }: { summary: DateSummary; run: RunState | null }) {
  if (run) return <span className={classes.ring} />;
  if (!DATE_STATE[summary.state].loud) return null;
  return (
    <span className={classes.glyph}>
      <StateGlyph state={summary.state} size={11} />
    </span>
  );
}

function Measure({ summary }: { summary: DateSummary }) {
  if (summary.state === "off") return null;
  if (summary.state === "upcoming") return <Games count={summary.expected} />;
  return (
    <span className={classes.bars}>
      <Bar present={summary.boxscores} of={summary.expected} />
      <Bar present={summary.pbp} of={summary.expected} />
      {summary.predictions && (
        <Bar
          present={summary.predictions.predicted}
          of={summary.expected}
          fillable={summary.predictions.fillable > 0}
        />
      )}
    </span>
  );
}

function Games({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className={classes.games}>
      {count}
      <span className={classes.unit}>{count === 1 ? " game" : " games"}</span>
    </span>
  );
}

/** `fillable`: what is absent can still be had today, by a run of the ML program. */
function Bar({ present, of, fillable }: { present: number; of: number; fillable?: boolean }) {
  if (of > 0 && present >= of) return <i className={classes.bar} data-fill="full" />;
  if (present === 0) return <i className={classes.bar} data-fillable={fillable || undefined} />;
  // Seen at arm's length: neither a sliver for the first game nor a full bar for all but one.
  const share = Math.min(82, Math.max(18, Math.round((100 * present) / Math.max(of, 1))));
  return (
    <svg
      className={classes.bar}
      data-fillable={fillable || undefined}
      viewBox="0 0 100 1"
      preserveAspectRatio="none"
      aria-hidden
    >
      <rect width={share} height="1" fill="currentColor" />
    </svg>
  );
}
