import { describe, expect, it } from "vitest";
import { judgePrediction, type PredictionFacts } from "./judge-prediction";

const TIP_OFF = Date.parse("2026-11-20T00:30:00Z");

const facts = (given: Partial<PredictionFacts> = {}): PredictionFacts => ({
  hasDate: true,
  homeWin: 0.62,
  awayWin: 0.38,
  homeMoneyline: -150,
  awayMoneyline: 130,
  firstWrittenAt: TIP_OFF - 1,
  tipOffAt: TIP_OFF,
  winner: null,
  ...given,
});

describe("judgePrediction", () => {
  it("gives the edge over the market without its margin", () => {
    // 0.62 less 69/119.
    expect(judgePrediction(facts()).edge).toBeCloseTo(0.62 - 69 / 119, 12);
    expect(judgePrediction(facts({ homeMoneyline: null }))).toMatchObject({ edge: null, market: null });
    expect(judgePrediction(facts({ homeWin: null, awayWin: null })).edge).toBeNull();
  });

  it.each([
    [0.62, "home"],
    [0.38, "away"],
    [0.5, null],
    [null, null],
    [1.2, null],
  ])("takes a chance of %s for the favourite %s", (homeWin, favourite) => {
    expect(judgePrediction(facts({ homeWin })).favourite).toBe(favourite);
  });

  it.each([
    [0.62, "home", true],
    [0.62, "away", false],
    [0.38, "away", true],
    [0.38, "home", false],
    [0.62, null, null],
    [0.5, "home", null],
  ] as const)("of a chance of %s and the winner %s", (homeWin, winner, favouriteWon) => {
    expect(judgePrediction(facts({ homeWin, winner })).favouriteWon).toBe(favouriteWon);
  });

  it.each([
    ["nothing amiss", {}, []],
    ["both at the ends", { homeWin: 1, awayWin: 0 }, []],
    ["a sum that is off by a rounding", { homeWin: 0.501, awayWin: 0.5 }, []],
    ["a sum just beyond the tolerance", { homeWin: 0.5011, awayWin: 0.5 }, ["not-summing"]],
    ["a sum that is too small", { homeWin: 0.4, awayWin: 0.4 }, ["not-summing"]],
    ["a chance above 1", { homeWin: 1.01, awayWin: -0.01 }, ["out-of-range"]],
    ["per cent in place of shares", { homeWin: 62, awayWin: 38 }, ["out-of-range"]],
    ["a chance that is missing", { awayWin: null }, ["out-of-range"]],
    ["written at tip-off", { firstWrittenAt: TIP_OFF }, []],
    ["written after tip-off", { firstWrittenAt: TIP_OFF + 1 }, ["after-tip-off"]],
    ["written after an unknown tip-off", { firstWrittenAt: TIP_OFF + 1, tipOffAt: null }, []],
    ["written at an unknown time", { firstWrittenAt: null }, []],
    ["no date", { hasDate: false, tipOffAt: null }, ["unreadable-date"]],
  ] as const)("finds %s", (_, given, findings) => {
    expect(judgePrediction(facts(given)).findings).toEqual(findings);
  });
});
