import { describe, expect, test } from "vitest";
import { positionOf, stepThrough } from "./step-through";

describe("stepThrough", () => {
  const seqs = [3, 7, 9];
  test.each([
    ["next from nowhere", seqs, null, "next", 3],
    ["previous from nowhere", seqs, null, "previous", 9],
    ["next", seqs, 3, "next", 7],
    ["previous", seqs, 7, "previous", 3],
    ["next from between", seqs, 5, "next", 7],
    ["previous from between", seqs, 8, "previous", 7],
    ["round the end", seqs, 9, "next", 3],
    ["round the start", seqs, 3, "previous", 9],
    ["beyond the end", seqs, 50, "next", 3],
    ["before the start", seqs, 1, "previous", 9],
    ["the only one", [4], 4, "next", 4],
    ["none", [], 4, "next", null],
    ["none, from nowhere", [], null, "previous", null],
  ] as const)("%s", (_name, list, current, direction, expected) =>
    expect(stepThrough(list, current, direction)).toBe(expected),
  );
});

describe("positionOf", () => {
  test.each([
    [[3, 7, 9], 7, 2],
    [[3, 7, 9], 8, 0],
    [[3, 7, 9], null, 0],
    [[], 3, 0],
  ])("%j, %s: %d", (seqs, current, expected) => expect(positionOf(seqs, current)).toBe(expected));
});
