// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid to move in; table elements lose their roles when laid out as a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell of the grid takes the focus, its rows and headings do not
import { CalendarDay } from "./calendar-day";
import { type Month, WEEKDAYS } from "./calendar-layout";
import type { CalendarCells } from "./calendar-props";
import classes from "./month-blocks.module.css";

/** The season as months below or beside each other: weeks are rows. */
export function MonthBlocks({ months, cells }: { months: Month[]; cells: CalendarCells }) {
  return (
    <div className={classes.months}>
      {months.map((month) => (
        <div
          key={month.id}
          role="rowgroup"
          aria-label={month.label}
          className={classes.month}
          id={`month-${month.id}`}
        >
          <div role="row" className={classes.row}>
            <span role="columnheader" aria-colspan={7} className={classes.name}>
              {month.label}
            </span>
          </div>
          <div role="row" className={classes.row}>
            {WEEKDAYS.map((name) => (
              <span key={name} role="columnheader" aria-label={name} className={classes.weekday}>
                {name.slice(0, 1)}
              </span>
            ))}
          </div>
          {month.weeks.map((week, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a week is its place
            <div key={index} role="row" className={classes.row}>
              {week.map((date, weekday) => (
                <CalendarDay key={WEEKDAYS[weekday]} date={date} cells={cells} />
              ))}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
