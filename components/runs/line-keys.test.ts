import { expect, test } from "vitest";
import { targetLine } from "./line-keys";

test.each<[string, number, number | null]>([
  ["ArrowDown", 5, 6],
  ["ArrowDown", 100, 100],
  ["ArrowUp", 5, 4],
  ["ArrowUp", 1, 1],
  ["PageDown", 5, 35],
  ["PageDown", 90, 100],
  ["PageUp", 50, 20],
  ["PageUp", 5, 1],
  ["Home", 50, 1],
  ["End", 50, 100],
  ["Enter", 50, null],
  ["a", 50, null],
])("%s from line %d of 100 leads to %s", (key, seq, target) =>
  expect(targetLine(key, seq, 100, 30)).toBe(target),
);
