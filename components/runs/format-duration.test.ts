import { describe, expect, test } from "vitest";
import { elapsed, formatCountdown, formatDuration } from "./format-duration";

describe("formatDuration", () => {
  test.each([
    [-5, "0 s"],
    [0, "0 s"],
    [1, "0.1 s"],
    [400, "0.4 s"],
    [949, "1.0 s"],
    [950, "1 s"],
    [28_600, "29 s"],
    [59_499, "59 s"],
    [59_500, "1 min 00 s"],
    [84_000, "1 min 24 s"],
    [3_599_400, "59 min 59 s"],
    [3_599_600, "1 h 00 min"],
    [7_500_000, "2 h 05 min"],
  ])("%d ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe("elapsed", () => {
  const from = "2026-11-22T20:42:10.000Z";
  test("to its end", () => expect(elapsed(from, "2026-11-22T20:42:39.000Z", 0)).toBe(29_000));
  test("to now while it runs", () => expect(elapsed(from, null, Date.parse(from) + 5_000)).toBe(5_000));
});

describe("formatCountdown", () => {
  const until = "2026-11-22T20:42:10.000Z";
  test.each([
    [41_001, "42 s"],
    [42_000, "42 s"],
    [1, "1 s"],
    [0, null],
    [-1, null],
  ])("%d ms before gives %s", (before, text) =>
    expect(formatCountdown(until, Date.parse(until) - before)).toBe(text),
  );
});
