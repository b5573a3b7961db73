import { describe, expect, it } from "vitest";
import { impliedProbability, marketOf } from "./odds";

describe("impliedProbability", () => {
  it.each([
    [100, 1 / 2],
    [-100, 1 / 2],
    [150, 2 / 5],
    [300, 1 / 4],
    [-150, 3 / 5],
    [-300, 3 / 4],
    [-110, 11 / 21],
    [900, 1 / 10],
    [-900, 9 / 10],
    // Longshots and sure things keep their order.
    [10_000, 1 / 101],
    [-10_000, 100 / 101],
  ])("of %d is %f", (moneyline, probability) => {
    expect(impliedProbability(moneyline)).toBeCloseTo(probability, 12);
  });

  it.each([null, 0, -0, 50, -99, 99.9, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "of %s, which is no American price, is nothing",
    (moneyline) => {
      expect(impliedProbability(moneyline)).toBeNull();
    },
  );
});

describe("marketOf", () => {
  it.each([
    // Both -110: 11/21 each, 22/21 together; the margin is 1/21.
    { home: -110, away: -110, expected: { home: 0.5, away: 0.5, margin: 1 / 21 } },
    // -150 / +130: 0.6 and 100/230 = 10/23; together 0.6 + 0.434783 = 119/115.
    { home: -150, away: 130, expected: { home: 69 / 119, away: 50 / 119, margin: 4 / 115 } },
    // +200 / -250: 1/3 and 5/7; together 22/21: 7/22 and 15/22.
    { home: 200, away: -250, expected: { home: 7 / 22, away: 15 / 22, margin: 1 / 21 } },
    // No margin at all: the chances are the prices'.
    { home: 100, away: -100, expected: { home: 0.5, away: 0.5, margin: 0 } },
    // Odds that lose the bookmaker money: +120 on both sides.
    { home: 120, away: 120, expected: { home: 0.5, away: 0.5, margin: -1 / 11 } },
  ])("takes the margin of $home / $away out in proportion", ({ home, away, expected }) => {
    const market = marketOf(home, away);
    expect(market?.home).toBeCloseTo(expected.home, 12);
    expect(market?.away).toBeCloseTo(expected.away, 12);
    expect(market?.margin).toBeCloseTo(expected.margin, 12);
  });

  it.each([
    [null, -110],
    [-110, null],
    [null, null],
    [0, -110],
  ])("is nothing for %s / %s", (home, away) => {
    expect(marketOf(home, away)).toBeNull();
  });
});
