import { describe, expect, test } from "vitest";
import { formatLineRange, parseLineRange, rangeOf, rangeText } from "./line-range";

describe("parseLineRange", () => {
  test.each([
    ["120", { from: 120, to: 120 }],
    ["120-140", { from: 120, to: 140 }],
    ["140-120", { from: 120, to: 140 }],
    ["1-1", { from: 1, to: 1 }],
    ["0", null],
    ["0-5", null],
    ["-5", null],
    ["5-", null],
    ["1e3", null],
    ["12345678901", null],
    ["٣", null],
    ["", null],
  ])("%j", (text, range) => expect(parseLineRange(text)).toEqual(range));

  test("reads what formatLineRange writes", () => {
    for (const range of [rangeOf(7, 7), rangeOf(9, 3)])
      expect(parseLineRange(formatLineRange(range))).toEqual(range);
  });
});

test.each([
  [rangeOf(7, 7), "line 7"],
  [rangeOf(9, 7), "lines 7 to 9"],
])("%j in words", (range, text) => expect(rangeText(range)).toBe(text));
