import { describe, expect, it } from "vitest";
import type { ForecastScore, ScoredWindow } from "@/lib/contracts/predictions";
import { brierSentence, gamesSentence, hitRateSentence, leaderOf, scoresOf } from "./score-words";

const NOTHING: ForecastScore = { games: 0, decided: 0, hits: 0, hitRate: null, brier: null };
const score = (hits: number, games: number, brier: number): ForecastScore => ({
  games,
  decided: games,
  hits,
  hitRate: hits / games,
  brier,
});

const MODEL = score(130, 195, 0.209);
const MARKET = score(131, 195, 0.204);
const WINDOW: ScoredWindow = {
  from: "2026-10-23",
  to: "2026-11-21",
  predicted: 212,
  settled: 198,
  withoutOdds: 3,
  model: score(132, 198, 0.208),
  compared: { model: MODEL, market: MARKET },
  calibration: { model: [], market: [] },
};

describe("scoresOf", () => {
  it("compares over the same games, and lets the model stand alone without odds", () => {
    expect(scoresOf(WINDOW)).toEqual({ model: MODEL, market: MARKET });
    const bare = { ...WINDOW, compared: { model: NOTHING, market: NOTHING } };
    expect(scoresOf(bare)).toEqual({ model: WINDOW.model, market: NOTHING });
  });
});

describe("sentences", () => {
  it.each([
    [
      hitRateSentence("model", MODEL, WINDOW),
      "The model's favourite won 130 of 195 games from Fri Oct 23 to Sat Nov 21 (66.7%).",
    ],
    [
      hitRateSentence("market", NOTHING, { ...WINDOW, from: "2026-11-21" }),
      "No game on Sat Nov 21 has both a result and odds.",
    ],
    [
      brierSentence("market", MARKET, WINDOW),
      "Mean squared error of the market's chance, its margin taken out, for the home team over 195 games from Fri Oct 23 to Sat Nov 21: 0 is perfect, 0.25 a coin toss.",
    ],
    [
      brierSentence("model", NOTHING, WINDOW),
      "No game from Fri Oct 23 to Sat Nov 21 has both a result and a prediction.",
    ],
    [
      gamesSentence(WINDOW),
      "Of 212 predicted games from Fri Oct 23 to Sat Nov 21, 198 have a result. 3 without odds are left out of the comparison.",
    ],
    [
      gamesSentence({ ...WINDOW, withoutOdds: 0 }),
      "Of 212 predicted games from Fri Oct 23 to Sat Nov 21, 198 have a result.",
    ],
  ])("%s", (text, expected) => expect(text).toBe(expected));
});

describe("leaderOf", () => {
  it("is the higher hit rate, and the lower Brier score", () => {
    expect(leaderOf({ model: MODEL, market: MARKET }, "hitRate")).toBe("market");
    expect(leaderOf({ model: MODEL, market: MARKET }, "brier")).toBe("market");
    expect(leaderOf({ model: score(1, 1, 0.1), market: MARKET }, "brier")).toBe("model");
    expect(leaderOf({ model: MODEL, market: MODEL }, "brier")).toBeNull();
    expect(leaderOf({ model: MODEL, market: NOTHING }, "hitRate")).toBeNull();
  });
});
