// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid to move in; table elements lose their roles when laid out as a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell of the grid takes the focus, its rows and headings do not
"use client";

import { type FocusEvent, type KeyboardEvent, memo, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { PHONE, useMedia } from "@/components/shell/use-media";
import type { DateSummary } from "@/lib/contracts/coverage";
import type { RunState } from "@/lib/contracts/runs";
import type { GameDate } from "@/lib/game-date";
import classes from "./calendar.module.css";
import { fillGaps, toMonths, toWeeks } from "./calendar-layout";
import type { CalendarCells } from "./calendar-props";
import type { SelectionAction } from "./date-selection";
import { gridMove } from "./grid-moves";
import { MonthBlocks } from "./month-blocks";
import { MonthTabs } from "./month-tabs";
import { needsAttention } from "./order-attention";
import { dateOfCell, useCalendarPointer } from "./use-calendar-pointer";
import { WeekColumns } from "./week-columns";

export type CalendarProps = {
  dates: DateSummary[];
  today: GameDate;
  open: GameDate | null;
  selected: ReadonlySet<GameDate>;
  runs: ReadonlyMap<GameDate, RunState>;
  /** Plain clicks and taps select instead of opening. */
  selecting: boolean;
  label: string;
  select: (action: SelectionAction) => void;
  onOpen: (date: GameDate, by: "pointer" | "keyboard") => void;
  onBackfill: (dates: GameDate[]) => void;
  /** The date under the mouse or the keyboard's focus. */
  onPoint: (date: GameDate | null) => void;
};

/** Narrowest column in which a day's number and its glyph can still be read. */
const LEAST_COLUMN_PX = 25;
/** Weekday names, paddings and borders beside the columns; and the side navigation of wide windows. */
const BESIDE_PX = 121;
const NAVIGATION_PX = 200;

/** The season as an ARIA grid with one tab stop; its keys are listed in the help dialog. */
export const Calendar = memo(function Calendar(props: CalendarProps) {
  const { dates, today, open, selected, runs, select, onPoint } = props;
  const grid = useRef<HTMLDivElement>(null);
  /** Whether the latest move drew a range: the next one with Shift goes on with it. */
  const extending = useRef(false);
  const byDate = useMemo(() => new Map(dates.map((summary) => [summary.date, summary])), [dates]);
  const days = useMemo(() => fillGaps(dates.map((summary) => summary.date)), [dates]);
  const weeks = useMemo(() => toWeeks(days), [days]);
  const months = useMemo(() => toMonths(days), [days]);
  const attention = useMemo(() => dates.filter(needsAttention).map((summary) => summary.date), [dates]);

  const phone = useMedia(PHONE);
  const fitsWeeks = useMedia(fitsWeeksQuery(weeks.length), true);
  const arrangement = phone || !fitsWeeks ? "months" : "weeks";

  const [moved, setMoved] = useState<{ to: GameDate; open: GameDate | null } | null>(null);
  // The keyboard's last place counts until another date is opened.
  const wanted = moved && moved.open === open ? moved.to : (open ?? attention.at(-1) ?? today);
  const cursor = byDate.has(wanted) ? wanted : nearest(dates, wanted);
  const pointer = useCalendarPointer({ cursor, selecting: props.selecting, select, onOpen: openByPointer });
  const cells: CalendarCells = { byDate, today, open, selected, cursor, runs };
  const shownMonth = months.find((month) => month.id === cursor.slice(0, 7)) ?? months[0];

  function openByPointer(date: GameDate) {
    props.onOpen(date, "pointer");
  }

  function moveTo(date: GameDate) {
    // The cell may lie in a month that is drawn only now.
    flushSync(() => setMoved({ to: date, open }));
    grid.current?.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    const from = dateOfCell(event.target);
    const first = dates[0]?.date;
    const last = dates.at(-1)?.date;
    if (from === null || !first || !last || event.altKey) return;
    if (act(event, from)) return event.preventDefault();
    const target = gridMove(event, from, { first, last, today, attention }, arrangement);
    if (target === null) return;
    event.preventDefault();
    const date = byDate.has(target) ? target : nearest(dates, target);
    if (event.shiftKey && !extending.current) select({ type: "begin", at: from });
    if (event.shiftKey) select({ type: "extend", from, to: date });
    extending.current = event.shiftKey;
    moveTo(date);
  }

  function act(event: KeyboardEvent, date: GameDate): boolean {
    if (event.ctrlKey || event.metaKey) return false;
    if (event.key === "Enter") props.onOpen(date, "keyboard");
    else if (event.key === " ") select({ type: "toggle", date });
    else if (event.key.toLowerCase() === "b") props.onBackfill(selected.size > 0 ? [...selected] : [date]);
    else return false;
    return true;
  }

  function onFocus(event: FocusEvent) {
    const date = dateOfCell(event.target);
    if (date === null) return;
    onPoint(date);
    if (date !== cursor) setMoved({ to: date, open });
  }

  return (
    <>
      {phone && shownMonth && (
        <MonthTabs
          months={months}
          shown={shownMonth.id}
          byDate={byDate}
          onShow={(month) => setMoved({ to: entryOf(month.weeks.flat(), attention), open })}
        />
      )}
      <div
        ref={grid}
        role="grid"
        tabIndex={-1}
        aria-label={props.label}
        aria-multiselectable="true"
        className={classes.grid}
        data-arrangement={arrangement}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={() => onPoint(null)}
        onPointerLeave={() => onPoint(null)}
        {...pointer}
        onPointerOver={(event) => {
          pointer.onPointerOver(event);
          onPoint(dateOfCell(event.target));
        }}
      >
        {arrangement === "weeks" ? (
          <WeekColumns weeks={weeks} cells={cells} />
        ) : (
          <MonthBlocks months={phone && shownMonth ? [shownMonth] : months} cells={cells} />
        )}
      </div>
    </>
  );
});

/** The windows in which all weeks fit beside each other, with the side navigation from 1100 px on. */
function fitsWeeksQuery(weeks: number): string {
  const need = weeks * LEAST_COLUMN_PX + BESIDE_PX;
  const narrow = `(min-width: ${Math.max(700, need)}px) and (max-width: 1099.98px)`;
  return `${narrow}, (min-width: ${Math.max(1100, need + NAVIGATION_PX)}px)`;
}

/** Where the cursor lands in a month: on what needs attention, else on its first date. */
function entryOf(dates: (GameDate | null)[], attention: GameDate[]): GameDate {
  const within = dates.filter((date) => date !== null);
  return within.findLast((date) => attention.includes(date)) ?? within[0] ?? "";
}

function nearest(dates: DateSummary[], wanted: GameDate): GameDate {
  return (dates.find((summary) => summary.date >= wanted) ?? dates.at(-1))?.date ?? wanted;
}
