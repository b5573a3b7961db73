import { LINE_PX } from "./log-window";
import type { RunLog } from "./run-log";

/** The finger has moved down by so much: the reader wants to see what is above. */
const PULL_PX = 6;

/** Takes the true heights of lines that are drawn for the first time. True when one differs from what was thought. */
export function measureRows(rows: HTMLElement | null, log: RunLog): boolean {
  let changed = false;
  for (const row of rows?.children ?? []) {
    if (!(row instanceof HTMLElement)) continue;
    const seq = Number(row.dataset.seq);
    if (log.heights.isMeasured(seq) || log.pages.line(seq) === undefined) continue;
    if (log.heights.noteRows(seq, Math.max(1, Math.round(row.offsetHeight / LINE_PX)))) changed = true;
  }
  return changed;
}

/** Calls `onPull` when a finger pulls the content down. Gives the way to stop. */
export function watchTouch(view: HTMLElement, onPull: () => void): () => void {
  let startedAt = 0;
  const onStart = (event: TouchEvent) => {
    startedAt = event.touches[0]?.clientY ?? 0;
  };
  const onMove = (event: TouchEvent) => {
    if ((event.touches[0]?.clientY ?? 0) > startedAt + PULL_PX) onPull();
  };
  view.addEventListener("touchstart", onStart, { passive: true });
  view.addEventListener("touchmove", onMove, { passive: true });
  return () => {
    view.removeEventListener("touchstart", onStart);
    view.removeEventListener("touchmove", onMove);
  };
}
