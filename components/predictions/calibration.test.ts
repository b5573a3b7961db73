import { describe, expect, it } from "vitest";
import type { CalibrationBin } from "@/lib/contracts/predictions";
import { barOf, fullest, PLOT, plotBins, xOf, yOf } from "./calibration-geometry";
import { binCells, binSentence, calibrationSummary } from "./calibration-words";

const bin = (
  from: number,
  games: number,
  forecast: number | null,
  observed: number | null,
): CalibrationBin => ({
  from,
  to: from + 0.1,
  games,
  forecast,
  observed,
});
const EMPTY = bin(0.5, 0, null, null);
const FEW = bin(0.3, 10, 0.35, 0.4);
const MANY = bin(0.6, 40, 0.65, 0.625);

describe("the drawing", () => {
  it("has chances from left to right and shares from the foot up", () => {
    expect([xOf(0), xOf(1)]).toEqual([PLOT.left, PLOT.left + PLOT.width]);
    expect([yOf(1), yOf(0)]).toEqual([PLOT.top, PLOT.top + PLOT.height]);
  });

  it("leaves out empty bins, and draws areas by games", () => {
    const [few, many, ...others] = plotBins([EMPTY, FEW, MANY], 40);
    expect(others).toEqual([]);
    expect([few?.x, few?.y]).toEqual([xOf(0.35), yOf(0.4)]);
    // A quarter of the games: half of the way from the least to the most radius.
    expect(few?.radius).toBeCloseTo(((many?.radius ?? 0) + 2.5) / 2);
  });

  it("draws counts from the foot, and at least a line where there is a game", () => {
    const foot = PLOT.top + PLOT.height + PLOT.gap + PLOT.bars;
    expect(barOf(MANY, 40)).toMatchObject({ y: foot - PLOT.bars, height: PLOT.bars });
    expect(barOf(EMPTY, 40)).toMatchObject({ y: foot, height: 0 });
    expect(barOf(bin(0, 1, 0.05, 0), 4_000).height).toBe(1);
    expect(fullest([EMPTY, FEW], [MANY])).toBe(40);
    expect(fullest([])).toBe(0);
  });
});

describe("the words", () => {
  it("says a bin in one sentence", () => {
    expect(binSentence(MANY, FEW)).toBe(
      "Home given 60–70%: 40 games, home won 62.5%; market 10 games, 40.0%.",
    );
    expect(binSentence(EMPTY, undefined)).toBe("Home given 50–60%: no game by the model.");
  });

  it("fills the table that stands for the drawing", () => {
    expect(binCells(MANY)).toEqual(["40", "65.0", "62.5"]);
    expect(binCells(EMPTY)).toEqual(["–", "–", "–"]);
  });

  it("tells the whole drawing, or that there is none", () => {
    expect(calibrationSummary({ model: [EMPTY, FEW, MANY], market: [] })).toBe(
      "How often the home team won, by the chance that the model gave it, over 50 games. 30–40%: 40.0% of 10, 60–70%: 62.5% of 40.",
    );
    expect(calibrationSummary({ model: [EMPTY], market: [] })).toBe(
      "No game to compare chances with results.",
    );
  });
});
