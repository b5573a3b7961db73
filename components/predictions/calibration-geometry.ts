import type { CalibrationBin } from "@/lib/contracts/predictions";

/** The drawing's measures in pixels: chances against results, and a strip of counts below. */
export const PLOT = {
  width: 206,
  height: 112,
  left: 28,
  right: 6,
  top: 8,
  gap: 8,
  bars: 22,
  foot: 14,
} as const;
export const PLOT_WIDTH = PLOT.left + PLOT.width + PLOT.right;
export const PLOT_HEIGHT = PLOT.top + PLOT.height + PLOT.gap + PLOT.bars + PLOT.foot;

const LEAST_RADIUS = 2.5;
const MOST_RADIUS = 6;

export type PlottedBin = { bin: CalibrationBin; x: number; y: number; radius: number };

/** Where a chance from 0 to 1 lies, from the left. */
export function xOf(chance: number): number {
  return PLOT.left + PLOT.width * chance;
}

/** Where a share from 0 to 1 lies, from the top. */
export function yOf(share: number): number {
  return PLOT.top + PLOT.height * (1 - share);
}

/** The bins that hold games, as points whose area grows with their games; `most` is the fullest bin drawn. */
export function plotBins(bins: readonly CalibrationBin[], most: number): PlottedBin[] {
  return bins.flatMap((bin) =>
    bin.forecast === null || bin.observed === null
      ? []
      : [{ bin, x: xOf(bin.forecast), y: yOf(bin.observed), radius: radiusOf(bin.games, most) }],
  );
}

function radiusOf(games: number, most: number): number {
  return LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * Math.sqrt(games / Math.max(most, 1));
}

/** A bin's bar in the strip of counts: from its top to the strip's foot. */
export function barOf(
  bin: CalibrationBin,
  most: number,
): { x: number; y: number; width: number; height: number } {
  const height = bin.games === 0 ? 0 : Math.max(1, (PLOT.bars * bin.games) / Math.max(most, 1));
  const width = PLOT.width * (bin.to - bin.from) - 2;
  return {
    x: xOf(bin.from) + 1,
    y: PLOT.top + PLOT.height + PLOT.gap + PLOT.bars - height,
    width,
    height,
  };
}

/** The most games that any bin holds. */
export function fullest(...series: readonly (readonly CalibrationBin[])[]): number {
  return Math.max(0, ...series.flat().map(({ games }) => games));
}
