"use client";

import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { targetLine } from "./line-keys";

type Options = {
  rows: RefObject<HTMLElement | null>;
  /** The lines that are drawn. */
  first: number;
  last: number;
  lines: number;
  linesInView: () => number;
  /** Where the keyboard comes in when it was nowhere. */
  firstVisibleSeq: () => number;
  /** The line that is linked or found. */
  marked: number | null;
  reveal: (seq: number) => void;
  onExtend: (seq: number) => void;
  /** Leaves the lines for what holds them. */
  onLeave: () => void;
};

/** Lines by keyboard: one of them is a stop of Tab, the arrow keys go from there to every other one. */
export function useLineCursor(options: Options) {
  const { rows, first, last, lines } = options;
  const [cursor, setCursor] = useState<number | null>(null);
  const focusWanted = useRef<number | null>(null);
  const focused = useRef<number | null>(null);
  const isDrawn = (seq: number | null) => seq !== null && seq >= first && seq <= last;
  const wished = isDrawn(cursor) ? cursor : options.marked;
  const stop = isDrawn(wished) ? wished : options.firstVisibleSeq();

  useLayoutEffect(() => {
    const wanted = focusWanted.current;
    if (wanted !== null && isDrawn(wanted)) {
      focusWanted.current = null;
      rows.current?.querySelector<HTMLElement>(`[data-seq="${wanted}"] a`)?.focus({ preventScroll: true });
    }
    // A line that was scrolled out of sight is no longer drawn, and must not take the focus with it.
    if (focused.current !== null && !isDrawn(focused.current) && document.activeElement === document.body) {
      focused.current = null;
      options.onLeave();
    }
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const from = seqOf(event.target);
    if (from === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      options.onLeave();
      return;
    }
    const to = targetLine(event.key, from, lines, options.linesInView());
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    focusWanted.current = to;
    setCursor(to);
    options.reveal(to);
    if (event.shiftKey) options.onExtend(to);
  };

  return {
    stop,
    onKeyDown,
    onFocus: (event: { target: EventTarget }) => {
      focused.current = seqOf(event.target);
      if (focused.current !== null) setCursor(focused.current);
    },
    onBlur: () => {
      if (document.hasFocus()) focused.current = null;
    },
  };
}

/** The line whose link has the focus. */
function seqOf(target: EventTarget): number | null {
  if (!(target instanceof HTMLAnchorElement)) return null;
  const row = target.closest<HTMLElement>("[data-seq]");
  return row ? Number(row.dataset.seq) : null;
}
