/** The scroll region as it stands, in CSS pixels. */
export type ScrollPosition = { top: number; height: number; contentHeight: number };

/** How near the bottom still counts as looking at the newest line: a little more than one line. */
const NEAR_PX = 24;

export function isAtBottom({ top, height, contentHeight }: ScrollPosition): boolean {
  return contentHeight - top - height <= NEAR_PX;
}

/**
 * Whether the log keeps following after a scroll event: it starts when the reader reaches the bottom and ends
 * when the reader moves up. New lines below do neither, so a growing log never lets go by itself.
 */
export function followAfterScroll(
  following: boolean,
  previousTop: number,
  position: ScrollPosition,
): boolean {
  if (isAtBottom(position)) return true;
  return position.top < previousTop ? false : following;
}
