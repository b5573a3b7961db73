import { describe, expect, it } from "vitest";
import { type ScoredGame, scoreWindow } from "./score-window";

const game = (date: string, given: Partial<ScoredGame> = {}): ScoredGame => ({
  date,
  homeWin: 0.7,
  homeMoneyline: -150,
  awayMoneyline: 130,
  winner: "home",
  ...given,
});

describe("scoreWindow", () => {
  it("holds both of its ends, and nothing beyond", () => {
    const games = ["2026-11-14", "2026-11-15", "2026-11-21", "2026-11-22"].map((date) => game(date));
    const { predicted, from, to } = scoreWindow(games, "2026-11-15", "2026-11-21");
    expect({ predicted, from, to }).toEqual({ predicted: 2, from: "2026-11-15", to: "2026-11-21" });
  });

  it("compares model and market over the same games, worked by hand", () => {
    // The market gives the home team 69/119 = 0.579832 of -150 / +130.
    const scored = scoreWindow(
      [
        game("2026-11-20"),
        game("2026-11-20", { homeWin: 0.4, winner: "away" }),
        game("2026-11-20", { homeWin: 0.8, homeMoneyline: null, winner: "away" }),
        game("2026-11-21", { winner: null }),
      ],
      "2026-11-15",
      "2026-11-21",
    );
    expect(scored).toMatchObject({ predicted: 4, settled: 3, withoutOdds: 1 });
    // Model over all three: (0.09 + 0.16 + 0.64) / 3; two of three favourites won.
    expect(scored.model).toMatchObject({ games: 3, hits: 2 });
    expect(scored.model.brier).toBeCloseTo(0.89 / 3, 12);
    // Over the two with odds: model (0.09 + 0.16) / 2; market ((50/119)² + (69/119)²) / 2.
    expect(scored.compared.model).toMatchObject({ games: 2, hits: 2, hitRate: 1 });
    expect(scored.compared.model.brier).toBeCloseTo(0.125, 12);
    expect(scored.compared.market).toMatchObject({ games: 2, hits: 1, hitRate: 0.5 });
    expect(scored.compared.market.brier).toBeCloseTo((50 ** 2 + 69 ** 2) / 119 ** 2 / 2, 12);
    expect(scored.calibration.model.map(({ games }) => games)).toEqual([0, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
    expect(scored.calibration.market.map(({ games }) => games)).toEqual([0, 0, 0, 0, 0, 2, 0, 0, 0, 0]);
  });

  it.each([null, -0.1, 1.1])("settles nothing with the chance %s", (homeWin) => {
    expect(scoreWindow([game("2026-11-20", { homeWin })], "2026-11-15", "2026-11-21")).toMatchObject({
      predicted: 1,
      settled: 0,
      model: { games: 0, brier: null, hitRate: null },
    });
  });
});
