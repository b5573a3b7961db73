import { describe, expect, it } from "vitest";
import { calibrate, type Forecast, scoreForecasts } from "./score-forecasts";

const forecast = (chance: number, homeWon: boolean): Forecast => ({ chance, homeWon });

describe("scoreForecasts", () => {
  it("agrees with four games worked by hand", () => {
    // (0.7-1)² = 0.09, (0.6-0)² = 0.36, (0.2-0)² = 0.04, (0.9-1)² = 0.01: 0.50 / 4. Three favourites won.
    const score = scoreForecasts([
      forecast(0.7, true),
      forecast(0.6, false),
      forecast(0.2, false),
      forecast(0.9, true),
    ]);
    expect(score).toMatchObject({ games: 4, decided: 4, hits: 3, hitRate: 0.75 });
    expect(score.brier).toBeCloseTo(0.125, 12);
  });

  it.each([
    ["a sure forecast that came true", [forecast(1, true), forecast(0, false)], 0, 1],
    ["a sure forecast that did not", [forecast(1, false), forecast(0, true)], 1, 0],
  ])("of %s", (_, forecasts, brier, hitRate) => {
    expect(scoreForecasts(forecasts)).toMatchObject({ brier, hitRate });
  });

  it("takes a coin for 0.25, and an even chance for no favourite", () => {
    const coins = [forecast(0.5, true), forecast(0.5, false)];
    expect(scoreForecasts(coins)).toEqual({ games: 2, decided: 0, hits: 0, hitRate: null, brier: 0.25 });
    expect(scoreForecasts([...coins, forecast(0.4, false)])).toMatchObject({
      games: 3,
      decided: 1,
      hits: 1,
      hitRate: 1,
    });
  });

  it("says nothing of no games", () => {
    expect(scoreForecasts([])).toEqual({ games: 0, decided: 0, hits: 0, hitRate: null, brier: null });
  });
});

describe("calibrate", () => {
  it("puts chances into ten bins, each holding its lower edge, the last one 1 as well", () => {
    const edges = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
    const bins = calibrate(edges.map((chance) => forecast(chance, true)));
    expect(bins.map(({ games }) => games)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
    expect(bins.map(({ from }) => from)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(bins.at(-1)).toMatchObject({ from: 0.9, to: 1 });
    expect(calibrate([forecast(0.0999, true), forecast(0.9999, true)]).map(({ games }) => games)).toEqual([
      1, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ]);
  });

  it("agrees with a bin worked by hand, and leaves empty bins open", () => {
    // Chances 0.62, 0.64, 0.68 and 0.66: 0.65 in the mean; three of four home teams won.
    const bins = calibrate([
      forecast(0.62, true),
      forecast(0.64, false),
      forecast(0.68, true),
      forecast(0.66, true),
    ]);
    expect(bins[6]).toMatchObject({ games: 4, observed: 0.75 });
    expect(bins[6]?.forecast).toBeCloseTo(0.65, 12);
    expect(bins[0]).toEqual({ from: 0, to: 0.1, games: 0, forecast: null, observed: null });
    expect(bins.reduce((sum, { games }) => sum + games, 0)).toBe(4);
  });
});
