import { describe, expect, test } from "vitest";
import { followAfterScroll, isAtBottom } from "./follow";

const at = (top: number, contentHeight = 1_000) => ({ top, height: 200, contentHeight });

describe("isAtBottom", () => {
  test.each([
    [at(800), true],
    [at(776), true],
    [at(775), false],
    [at(0, 100), true],
  ])("%j: %s", (position, expected) => expect(isAtBottom(position)).toBe(expected));
});

describe("followAfterScroll", () => {
  test.each([
    ["reader moves up", true, 800, at(500), false],
    ["reader moves up by less than a line", true, 800, at(790), true],
    ["reader comes back to the bottom", false, 500, at(800), true],
    ["reader moves down, not yet at the bottom", false, 300, at(500), false],
    ["lines arrived below while following", true, 800, at(800, 2_000), true],
    ["the pinning scroll after new lines lands short", true, 800, at(1_700, 2_000), true],
    ["lines arrived below while reading", false, 300, at(300, 2_000), false],
  ])("%s", (_name, following, previousTop, position, expected) =>
    expect(followAfterScroll(following, previousTop, position)).toBe(expected),
  );
});
