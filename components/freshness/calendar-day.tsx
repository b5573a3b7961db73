// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid to move in; table elements lose their roles when laid out as a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell of the grid takes the focus, its rows and headings do not
import type { GameDate } from "@/lib/game-date";
import { CalendarCell } from "./calendar-cell";
import type { CalendarCells } from "./calendar-props";

/** The cell of a date, or an empty one where the week has no such date. */
export function CalendarDay({ date, cells }: { date: GameDate | null; cells: CalendarCells }) {
  const summary = date === null ? undefined : cells.byDate.get(date);
  if (!summary) return <div role="gridcell" />;
  return (
    <CalendarCell
      summary={summary}
      today={summary.date === cells.today}
      open={summary.date === cells.open}
      selected={cells.selected.has(summary.date)}
      tabbable={summary.date === cells.cursor}
      run={cells.runs.get(summary.date) ?? null}
    />
  );
}
