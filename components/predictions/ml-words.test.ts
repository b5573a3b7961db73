import { describe, expect, it } from "vitest";
import type { MlFeatures, MlPreview } from "@/lib/contracts/run-kinds/ml";
import { featuresText, willPredictText } from "./ml-words";

const GAME = { game: "LAL @ PHX", expected: true, inFeatures: true, predicted: false };
const FEATURES: MlFeatures = { problem: null, rows: 7, dates: ["2026-11-22"], isToday: true };
const PREVIEW: MlPreview = {
  kind: "ml",
  gameDate: "2026-11-22",
  closesAt: "2026-11-23T00:00:00.000Z",
  features: FEATURES,
  seasonFlag: "on",
  games: [GAME],
  willPredict: 7,
  newGames: 2,
  obstacles: [],
};

describe("willPredictText", () => {
  it.each([
    [{}, "It predicts 7 games of Sun Nov 22: 2 for the first time, 5 again."],
    [{ willPredict: 1, newGames: 1 }, "It predicts 1 game of Sun Nov 22: 1 for the first time."],
    [{ newGames: 0 }, "It predicts 7 games of Sun Nov 22: 7 again."],
    [{ willPredict: 0, newGames: 0 }, "It would predict no game of Sun Nov 22 now."],
    [
      { willPredict: 0, newGames: 0, games: [], features: { ...FEATURES, problem: "down" } },
      "What it would predict of Sun Nov 22 cannot be told now.",
    ],
    [{ willPredict: 0, newGames: 0, games: [] }, "There is no game on Sun Nov 22."],
  ])("%j", (given, text) => expect(willPredictText({ ...PREVIEW, ...given })).toBe(text));
});

describe("featuresText", () => {
  it.each([
    [{}, "7 games of Sun Nov 22, 2026: today for the ML program too"],
    [
      { rows: 1, dates: ["2026-11-21"], isToday: false },
      "1 game of Sat Nov 21, 2026: not today for the ML program",
    ],
    [{ rows: 0, dates: [], isToday: false }, "no game"],
    [{ problem: "silver.ml_game_features does not exist." }, "silver.ml_game_features does not exist."],
  ])("%j", (given, text) => expect(featuresText({ ...FEATURES, ...given })).toBe(text));
});
