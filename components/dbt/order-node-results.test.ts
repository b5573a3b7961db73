import { describe, expect, test } from "vitest";
import type { DbtNodeResult } from "@/lib/contracts/run-kinds/dbt";
import {
  countByFilter,
  filterNodeResults,
  nodeSecondsText,
  orderNodeResults,
  orderRunningNodes,
  slownessOf,
} from "./order-node-results";

function result(
  name: string,
  status: DbtNodeResult["status"],
  given: Partial<DbtNodeResult> = {},
): DbtNodeResult {
  return {
    uniqueId: `model.nba.${name}`,
    name,
    type: "model",
    status,
    startedAt: null,
    seconds: null,
    rows: null,
    message: null,
    hasSql: false,
    usualSeconds: null,
    ...given,
  };
}

const names = (nodes: readonly DbtNodeResult[]) => nodes.map(({ name }) => name);

test("failures come first, then what runs, what warned, the slowest, and what did not run", () => {
  const nodes = [
    result("skipped", "skipped"),
    result("quick", "pass", { seconds: 0.1 }),
    result("long", "success", { seconds: 41 }),
    result("warned", "warn", { seconds: 0.2 }),
    result("running", "running"),
    result("failed", "fail", { seconds: 0.2 }),
    result("stopped", "cancelled"),
    result("broken", "error", { seconds: 0.1 }),
    result("b_same", "pass", { seconds: 2 }),
    result("a_same", "success", { seconds: 2 }),
  ];
  expect(names(orderNodeResults(nodes))).toEqual([
    "broken",
    "failed",
    "running",
    "warned",
    "long",
    "a_same",
    "b_same",
    "quick",
    "stopped",
    "skipped",
  ]);
});

test("while a build runs, rows keep their place as nodes end, and only failures go up", () => {
  const at = (second: number) => ({ startedAt: `2026-11-22T20:00:0${second}.000Z` });
  const first = result("first", "running", at(1));
  const second = result("second", "running", at(2));
  const third = result("third", "running", at(3));
  expect(names(orderRunningNodes([third, second, first]))).toEqual(["first", "second", "third"]);
  const ended = [
    { ...first, status: "success" as const, seconds: 9 },
    { ...second, status: "pass" as const },
    third,
  ];
  expect(names(orderRunningNodes(ended))).toEqual(["first", "second", "third"]);
  expect(names(orderRunningNodes([first, second, { ...third, status: "fail" as const }]))).toEqual([
    "third",
    "first",
    "second",
  ]);
});

describe("slownessOf", () => {
  test.each<[number | null, number | null, number | null]>([
    [41, 20.5, 2],
    [30, 20, 1.5],
    [29.9, 20, null],
    [0.4, 0.1, null],
    [0.7, 0.1, 7],
    [3, null, null],
    [null, 3, null],
    [3, 0, null],
  ])("%s s against %s s: %s", (seconds, usualSeconds, times) => {
    const slowness = slownessOf(result("a", "success", { seconds, usualSeconds }));
    if (times === null) expect(slowness).toBeNull();
    else expect(slowness).toBeCloseTo(times);
  });
});

test("filters leave what they say, and the counts are theirs", () => {
  const nodes = [
    result("ok", "success", { seconds: 1, usualSeconds: 1 }),
    result("slow", "success", { seconds: 9, usualSeconds: 1 }),
    result("failed", "fail"),
    result("broken", "error", { seconds: 9, usualSeconds: 1 }),
  ];
  expect(names(filterNodeResults(nodes, "failed"))).toEqual(["failed", "broken"]);
  expect(names(filterNodeResults(nodes, "slow"))).toEqual(["slow", "broken"]);
  expect(countByFilter(nodes)).toEqual({ all: 4, failed: 2, slow: 2 });
});

test.each([
  [0, "0.00 s"],
  [0.237, "0.24 s"],
  [0.999, "1.0 s"],
  [41.04, "41.0 s"],
  [59.96, "1 min 00 s"],
  [107, "1 min 47 s"],
])("%s seconds: %s", (seconds, text) => expect(nodeSecondsText(seconds)).toBe(text));
