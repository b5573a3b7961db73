import { describe, expect, test } from "vitest";
import { countText, errorsText, findsText } from "./log-words";

test.each([
  [0, "0 lines"],
  [1, "1 line"],
  [100_000, "100,000 lines"],
])("countText %d", (lines, text) => expect(countText(lines)).toBe(text));

describe("findsText", () => {
  const found = (total: number, looking = false, problem: string | null = null) => ({
    total,
    looking,
    problem,
  });
  test.each([
    ["the third of 41", found(41), 3, "3 of 41"],
    ["none looked at", found(1_234), 0, "1,234"],
    ["none", found(0), 0, "no line"],
    ["still looking, none so far", found(0, true), 0, "…"],
    ["still looking", found(41, true), 3, "3 of 41+"],
    ["failed", found(0, false, "The server cannot be reached."), 0, "not searched"],
  ])("%s", (_name, finds, position, text) => expect(findsText(finds, position)).toBe(text));
});

describe("errorsText", () => {
  test.each([
    [1, false, 0, "1 error"],
    [7, false, 0, "7 errors"],
    [7, false, 2, "2 of 7 errors"],
    [1, true, 0, "1+ errors"],
    [5_012, false, 12, "12 of 5,012 errors"],
  ])("%d, looking %s, at %d", (total, looking, position, text) =>
    expect(errorsText({ total, looking }, position)).toBe(text),
  );
});
