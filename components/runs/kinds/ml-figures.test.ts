import { describe, expect, it } from "vitest";
import type { MlReceipt } from "@/lib/contracts/run-kinds/ml";
import { changesFigure, predictionsFigure, unpredictedFigure } from "./ml-figures";

const AT = "2026-11-22T13:00:00.000Z";
type Game = MlReceipt["games"][number];
const game = (change: Game["change"], number = 1): Game => ({
  game: `T${number} @ PHX`,
  inFeatures: true,
  before: change === "new" || change === "missing" ? null : 0.5,
  after: change === "gone" || change === "missing" ? null : 0.6,
  change,
});

function receipt(games: Game[], given: Partial<MlReceipt> = {}): MlReceipt {
  return {
    kind: "ml",
    date: "2026-11-22",
    before: { measuredAt: AT, predicted: games.filter(({ before }) => before !== null).length },
    after: { measuredAt: AT, predicted: games.filter(({ after }) => after !== null).length },
    unmeasured: null,
    expected: games.length,
    games,
    newGames: games.filter(({ change }) => change === "new").length,
    changed: games.filter(({ change }) => change === "changed").length,
    stillMissing: games.flatMap(({ game: name, after }) => (after === null ? [name] : [])),
    reason: null,
    explainedBy: null,
    ...given,
  };
}

const FILLED = receipt([game("new"), game("new", 2), game("changed"), game("same")]);
const NOTHING = receipt([game("missing"), game("missing", 2), game("same")]);
const UNMEASURED = receipt([game("missing")], { after: null, unmeasured: "The warehouse is down." });

describe("predictionsFigure", () => {
  it.each([
    [FILLED, { value: "+2 games", note: "predictions 2 → 4 of 4", tone: "plain" }],
    [receipt([game("new")]), { value: "+1 game", note: "predictions 0 → 1 of 1", tone: "plain" }],
    [NOTHING, { value: "no new game", note: "predictions 1 of 3", tone: "partial" }],
    [receipt([game("same")]), { value: "no new game", note: "predictions 1 of 1", tone: "plain" }],
    [UNMEASURED, { value: "not measured", note: "The warehouse is down.", tone: "partial" }],
  ])("%#", (given, figure) => expect(predictionsFigure(given)).toEqual(figure));
});

describe("changesFigure", () => {
  it.each([
    [FILLED, { value: "1 changed", note: "1 as before", tone: "plain" }],
    [receipt([game("changed")]), { value: "1 changed", note: "", tone: "plain" }],
    [NOTHING, { value: "none changed", note: "1 as before", tone: "plain" }],
    [receipt([game("new")]), { value: "—", note: "no game had one before", tone: "none" }],
    [receipt([game("gone"), game("changed")]), { value: "1 gone", note: "1 changed", tone: "missing" }],
    [UNMEASURED, { value: "—", note: "not measured", tone: "none" }],
  ])("%#", (given, figure) => expect(changesFigure(given)).toEqual(figure));
});

describe("unpredictedFigure", () => {
  it.each([
    [FILLED, { value: "nothing", note: "4 games predicted", tone: "whole" }],
    [receipt([]), { value: "nothing", note: "no game was expected", tone: "plain" }],
    [NOTHING, { value: "2 games", note: "T1 @ PHX, T2 @ PHX", tone: "missing" }],
    [receipt([game("missing")]), { value: "T1 @ PHX", note: "has no prediction", tone: "missing" }],
    [
      receipt([1, 2, 3, 4].map((number) => game("missing", number))),
      { value: "4 games", note: "without a prediction", tone: "missing" },
    ],
    [UNMEASURED, { value: "—", note: "not measured", tone: "none" }],
  ])("%#", (given, figure) => expect(unpredictedFigure(given)).toEqual(figure));
});
