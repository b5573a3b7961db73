import { describe, expect, it } from "vitest";
import type { PredictionRow } from "@/lib/contracts/predictions";
import {
  brierText,
  edgeSentence,
  favouriteChance,
  favouriteText,
  moneylineText,
  percentText,
  pointsText,
  resultText,
} from "./prediction-words";

const LAL = { acronym: "LAL", name: "Los Angeles Lakers", color: null };
const PHX = { acronym: "PHX", name: "Phoenix Suns", color: null };

describe("numbers", () => {
  it.each([
    [percentText(0.705), "70.5%"],
    [percentText(0), "0.0%"],
    [percentText(1.12), "112.0%"],
    [percentText(-0.012), "−1.2%"],
    [percentText(null), "–"],
    [pointsText(0.043), "+4.3"],
    [pointsText(-0.0549), "−5.5"],
    [pointsText(-0.0004), "0.0"],
    [pointsText(null), "–"],
    [moneylineText(150), "+150"],
    [moneylineText(-461), "−461"],
    [moneylineText(null), "–"],
    [brierText(0.2094), "0.209"],
    [brierText(null), "–"],
  ])("%s", (text, expected) => expect(text).toBe(expected));
});

describe("resultText", () => {
  it.each<[PredictionRow["result"], string | null]>([
    [null, null],
    [{ awayPoints: 107, homePoints: 101, winner: "away" }, "107–101"],
    [{ awayPoints: null, homePoints: null, winner: "home" }, "home won"],
    [{ awayPoints: null, homePoints: 101, winner: null }, "undecided"],
  ])("%j", (result, text) => expect(resultText({ result })).toBe(text));
});

describe("favouriteText", () => {
  it.each([
    [{ favourite: "home", favouriteWon: true } as const, "The model's favourite, PHX, won."],
    [{ favourite: "away", favouriteWon: false } as const, "The model's favourite, LAL, lost."],
    [{ favourite: "away", favouriteWon: null } as const, null],
    [{ favourite: null, favouriteWon: null } as const, null],
  ])("%j", (row, text) => expect(favouriteText({ ...row, home: PHX, away: LAL })).toBe(text));
});

describe("favouriteChance", () => {
  it.each([
    [0.6, 0.4, { side: "home", chance: 0.6 }],
    [0.4, 0.6, { side: "away", chance: 0.6 }],
    [0.5, 0.5, { side: "home", chance: 0.5 }],
    [null, 0.7, { side: "away", chance: 0.7 }],
    [0.7, null, { side: "home", chance: 0.7 }],
    [null, null, null],
  ])("home %s, away %s", (homeWin, awayWin, favourite) =>
    expect(favouriteChance({ homeWin, awayWin })).toEqual(favourite),
  );
});

describe("edgeSentence", () => {
  it.each([
    [
      { homeWin: 0.705, market: { home: 0.662, away: 0.338, margin: 0.04 }, edge: 0.043 },
      "PHX 70.5% by the model, 66.2% by the market: +4.3 points",
    ],
    [{ homeWin: 0.705, market: null, edge: null }, "PHX 70.5% by the model; no odds of both teams"],
  ])("%#", (row, text) => expect(edgeSentence({ ...row, home: PHX })).toBe(text));
});
