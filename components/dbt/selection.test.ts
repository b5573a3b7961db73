import { describe, expect, test } from "vitest";
import type { DbtSelector } from "@/lib/dbt/parse-selector";
import { reachOf, sameReach, selectorWords, toggleSelector, withSelector } from "./selection";

const of = (name: string, before: number | null = 0, after: number | null = 0): DbtSelector => ({
  name,
  before,
  after,
});

describe("withSelector", () => {
  test.each<[string, string[], DbtSelector, string[]]>([
    ["is added at the end", ["a+"], of("b"), ["a+", "b"]],
    ["takes the place of the same name's", ["a+", "b", "c"], of("b", null, 2), ["a+", "+b+2", "c"]],
    ["what is no selection stays where it is", ["--vars", "a"], of("a", 0, null), ["--vars", "a+"]],
    ["into nothing", [], of("a"), ["a"]],
  ])("%s", (_name, before, selector, after) => expect(withSelector(before, selector)).toEqual(after));
});

describe("toggleSelector", () => {
  test.each<[string, string[], DbtSelector, string[]]>([
    ["just so: removed", ["a+", "b"], of("a", 0, null), ["b"]],
    ["otherwise: changed", ["a+", "b"], of("a"), ["a", "b"]],
    ["not there: added", ["b"], of("a", 1), ["b", "1+a"]],
  ])("%s", (_name, before, selector, after) => expect(toggleSelector(before, selector)).toEqual(after));
});

test("reachOf tells how a name is taken, and only of that very name", () => {
  expect(reachOf(["1+a+", "ab"], "a")).toMatchObject({ before: 1, after: null });
  expect(reachOf(["1+a+"], "ab")).toBeNull();
  expect(sameReach(reachOf(["a"], "a"), of("other"))).toBe(true);
  expect(sameReach(null, of("a"))).toBe(false);
});

test.each<[DbtSelector, string]>([
  [of("a"), "a alone"],
  [of("a", 0, null), "a, everything after it"],
  [of("a", 1), "a, 1 level before it"],
  [of("a", null, 2), "a, everything before it and 2 levels after it"],
])("%j: %s", (selector, words) => expect(selectorWords(selector)).toBe(words));
