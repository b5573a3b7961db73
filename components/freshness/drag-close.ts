/** How far and how fast a sheet was pulled down. */
export type Drag = { pixels: number; milliseconds: number };

/** Further than this share of the sheet's height, or this many pixels of a high one, */
const FAR_SHARE = 0.25;
const FAR_PX = 140;
/** or, as a flick, faster than this over at least a little way. */
const FLICK_PX_PER_MS = 0.5;
const FLICK_LEAST_PX = 24;

/** Whether a pull at a sheet means that it is to go. */
export function closesSheet({ pixels, milliseconds }: Drag, sheetHeight: number): boolean {
  if (pixels >= Math.min(FAR_PX, sheetHeight * FAR_SHARE)) return true;
  return pixels >= FLICK_LEAST_PX && pixels / Math.max(1, milliseconds) >= FLICK_PX_PER_MS;
}
