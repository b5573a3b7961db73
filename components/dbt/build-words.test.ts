import { describe, expect, test } from "vitest";
import type { DbtPreview } from "@/lib/contracts/run-kinds/dbt";
import { buildCountText, estimateText } from "./build-words";

const nodes = (count: number): DbtPreview["nodes"] =>
  Array.from({ length: count }, (_, index) => ({
    uniqueId: `model.nba.m${index}`,
    name: `m${index}`,
    type: "model",
    layer: "silver",
  }));

describe("buildCountText", () => {
  test.each([
    [149, 31, 118, "31 models, 118 tests"],
    [1, 1, 0, "1 model"],
    [4, 1, 1, "1 model, 1 test, 2 others"],
    [1, 0, 1, "1 test"],
    [0, 0, 0, "nothing"],
  ])("%i nodes, %i models, %i tests: %s", (count, models, tests, text) =>
    expect(buildCountText({ nodes: nodes(count), models, tests })).toBe(text),
  );
});

describe("estimateText", () => {
  test.each<[number | null, number, string]>([
    [null, 0, "no earlier build to estimate by"],
    [110.4, 10, "about 1 min 50 s"],
    [0.2, 10, "about 1 s"],
    [30, 8, "about 30 s, by 8 of 10 with a history"],
  ])("%s s from %i of 10: %s", (estimateSeconds, estimatedFrom, text) =>
    expect(estimateText({ nodes: nodes(10), estimateSeconds, estimatedFrom })).toBe(text),
  );
});
