// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid to move in; table elements lose their roles when laid out as a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell of the grid takes the focus, its rows and headings do not
import type { CSSProperties } from "react";
import { CalendarDay } from "./calendar-day";
import { monthSpans, WEEKDAYS, type Week } from "./calendar-layout";
import type { CalendarCells } from "./calendar-props";
import classes from "./week-columns.module.css";

/** The rows of the season at a glance: weeks are columns, weekdays rows, months named above. */
export function WeekColumns({ weeks, cells }: { weeks: Week[]; cells: CalendarCells }) {
  const columns = { "--weeks": weeks.length } as CSSProperties;
  return (
    <div role="rowgroup" className={classes.rows} style={columns}>
      <div role="row" className={classes.row}>
        <span role="columnheader" className={classes.corner}>
          Weekday
        </span>
        {monthSpans(weeks).map((span) => (
          <span
            key={span.id}
            role="columnheader"
            className={classes.month}
            aria-colspan={span.weeks}
            style={{ "--span": span.weeks } as CSSProperties}
          >
            {span.label}
          </span>
        ))}
      </div>
      {WEEKDAYS.map((name, weekday) => (
        <div key={name} role="row" className={classes.row}>
          <span role="rowheader" className={classes.weekday}>
            {name}
          </span>
          {weeks.map((week, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a week is its place
            <CalendarDay key={index} date={week[weekday] ?? null} cells={cells} />
          ))}
        </div>
      ))}
    </div>
  );
}
