import { type MouseEvent, type PointerEvent, useRef } from "react";
import type { GameDate } from "@/lib/game-date";
import type { SelectionAction } from "./date-selection";

type Drag = { from: GameDate; moved: boolean; keep: boolean };

/** The game date of the cell that an event happened in. */
export function dateOfCell(target: EventTarget): GameDate | null {
  return target instanceof Element
    ? (target.closest<HTMLElement>("[data-date]")?.dataset.date ?? null)
    : null;
}

/**
 * Mouse and touch on the grid: click opens, shift-click selects up to there, ctrl- or cmd-click toggles, a drag
 * with the mouse selects a range. A finger's drag scrolls; `selecting` makes plain taps toggle instead.
 */
export function useCalendarPointer({
  cursor,
  selecting,
  select,
  onOpen,
}: {
  cursor: GameDate;
  selecting: boolean;
  select: (action: SelectionAction) => void;
  onOpen: (date: GameDate) => void;
}) {
  const drag = useRef<Drag | null>(null);

  function onPointerDown(event: PointerEvent) {
    const from = dateOfCell(event.target);
    const byMouse = event.button === 0 && event.pointerType !== "touch" && !event.shiftKey;
    const keep = event.ctrlKey || event.metaKey || selecting;
    drag.current = from && byMouse ? { from, moved: false, keep } : null;
  }

  function onPointerOver(event: PointerEvent) {
    const held = drag.current;
    if (!held) return;
    if ((event.buttons & 1) === 0) {
      drag.current = null;
      return;
    }
    const to = dateOfCell(event.target);
    if (to === null || (to === held.from && !held.moved)) return;
    if (!held.moved) {
      held.moved = true;
      if (!held.keep) select({ type: "clear" });
      select({ type: "begin", at: held.from });
    }
    select({ type: "extend", from: held.from, to });
  }

  function onClick(event: MouseEvent) {
    const dragged = drag.current?.moved ?? false;
    drag.current = null;
    const date = dateOfCell(event.target);
    if (dragged || date === null) return;
    if (event.shiftKey) return select({ type: "extend", from: cursor, to: date });
    if (event.ctrlKey || event.metaKey || selecting) return select({ type: "toggle", date });
    select({ type: "begin", at: date });
    onOpen(date);
  }

  return { onPointerDown, onPointerOver, onClick };
}
