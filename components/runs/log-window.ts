import type { RowHeights } from "./row-heights";

export const LINE_PX = 19;
/** Above the first line and below the last. */
export const EDGE_PX = 8;
/** The lines drawn change in steps of so many, so that most of a scroll costs no drawing. */
const STEP = 10;
/** Lines drawn beyond the view: more than a frame's worth of a fast log, or of a fast scroll. */
const MARGIN = 30;

/** What stays where it is while heights above it change: a line, and its top's place in the view, or the middle. */
export type Anchor = { seq: number; px: number | "middle" };

/** Pixels of a whole log. */
export function heightOf(heights: RowHeights): number {
  return heights.count === 0 ? 0 : heights.total * LINE_PX + 2 * EDGE_PX;
}

/** Pixels from the log's top to a line's. */
export function topOfLine(heights: RowHeights, seq: number): number {
  return EDGE_PX + heights.offset(seq) * LINE_PX;
}

/** The line at a place in pixels from the log's top. */
export function lineAtPlace(heights: RowHeights, px: number): number {
  return heights.lineAt((px - EDGE_PX) / LINE_PX);
}

/** The first line of which more than half is in view. */
export function firstLineAt(heights: RowHeights, scrollTop: number): number {
  return Math.max(1, lineAtPlace(heights, scrollTop + LINE_PX / 2));
}

/** A place from the top as far as drawing cares: the same for all of a step. */
export function stepOf(scrollTop: number): number {
  return Math.floor(Math.max(0, scrollTop) / (STEP * LINE_PX)) * STEP * LINE_PX;
}

/** The lines to draw for a view at `scrollTop`; `last` is 0 for none. */
export function drawnLines(
  heights: RowHeights,
  scrollTop: number,
  viewHeight: number,
): { first: number; last: number } {
  if (heights.count === 0 || viewHeight === 0) return { first: 1, last: 0 };
  const from = lineAtPlace(heights, scrollTop);
  const to = lineAtPlace(heights, scrollTop + viewHeight + STEP * LINE_PX);
  const first = Math.floor(Math.max(0, from - 1 - MARGIN) / STEP) * STEP + 1;
  return { first, last: Math.min(heights.count, Math.ceil((to + MARGIN) / STEP) * STEP) };
}

/** What a view at `scrollTop` is held by: its first line. */
export function anchorAt(heights: RowHeights, scrollTop: number): Anchor {
  const seq = Math.max(1, lineAtPlace(heights, scrollTop));
  return { seq, px: topOfLine(heights, seq) - scrollTop };
}

/** Where the view has to be so that its anchor stands in its place. */
export function anchorTop(heights: RowHeights, { seq, px }: Anchor, viewHeight: number): number {
  const place = px === "middle" ? (viewHeight - heights.rowsOf(seq) * LINE_PX) / 2 : px;
  return topOfLine(heights, seq) - place;
}

/** The place in the view at which a line is whole with one row to spare; null when it is in view already. */
export function placeToReveal(
  heights: RowHeights,
  seq: number,
  scrollTop: number,
  viewHeight: number,
): number | null {
  const top = topOfLine(heights, seq) - scrollTop;
  const height = heights.rowsOf(seq) * LINE_PX;
  if (top < LINE_PX) return LINE_PX;
  const lowest = viewHeight - height - LINE_PX;
  return top > lowest ? Math.max(LINE_PX, lowest) : null;
}
