import { describe, expect, it } from "vitest";
import type { DbtNode } from "@/lib/contracts/dbt";
import { createDbtGraph } from "@/lib/dbt/dbt-graph";
import { sampleNode, sampleTest } from "@/lib/dbt/testing/sample-project";
import { estimateBuild } from "./estimate-build";

const A = sampleNode("a");
const B = sampleNode("b", { dependsOn: [A.uniqueId] });
const C = sampleNode("c", { dependsOn: [B.uniqueId] });
const D = sampleNode("d");
const A_TEST = sampleTest("a_test", [A.uniqueId]);
const A_AND_D_TEST = sampleTest("a_and_d", [A.uniqueId, D.uniqueId]);
const GRAPH = createDbtGraph({ nodes: [A, B, C, D, A_TEST, A_AND_D_TEST] });

function estimate(nodes: DbtNode[], seconds: Record<string, number>, threads = 4) {
  return estimateBuild({ graph: GRAPH, nodes, threads, secondsOf: ({ name }) => seconds[name] ?? null });
}

describe("estimateBuild", () => {
  it.each<[string, DbtNode[], Record<string, number>, number, { seconds: number | null; known: number }]>([
    ["nothing is left", [], {}, 4, { seconds: 0, known: 0 }],
    ["nothing is known", [A, B], {}, 4, { seconds: null, known: 0 }],
    ["one after the other", [A, B, C], { a: 1, b: 2, c: 3 }, 4, { seconds: 6, known: 3 }],
    ["side by side", [A, D], { a: 1, d: 5 }, 4, { seconds: 5, known: 2 }],
    ["more than there are threads", [A, D], { a: 4, d: 5 }, 1, { seconds: 9, known: 2 }],
    ["through one that is not run", [A, C], { a: 1, c: 3 }, 4, { seconds: 4, known: 2 }],
    [
      "a model waits for the tests of what is before it",
      [A, A_TEST, B],
      { a: 1, a_test: 4, b: 2 },
      4,
      { seconds: 7, known: 3 },
    ],
    [
      "a test of two models holds up neither's children",
      [A, D, A_AND_D_TEST, B],
      { a: 1, d: 1, a_and_d: 9, b: 2 },
      4,
      { seconds: 10, known: 4 },
    ],
    ["what is not known counts as the middle one", [A, B, C], { a: 1, b: 3 }, 4, { seconds: 7, known: 2 }],
    [
      "a test that is not known counts as a test",
      [A, A_TEST, A_AND_D_TEST],
      { a: 10, a_test: 1 },
      4,
      { seconds: 11, known: 2 },
    ],
    ["threads that nobody knows", [A], { a: 2 }, 0, { seconds: 2, known: 1 }],
  ])("%s", (_name, nodes, seconds, threads, expected) => {
    expect(estimate(nodes, seconds, threads)).toEqual(expected);
  });

  it("survives a manifest whose dependencies go in a circle", () => {
    const one = sampleNode("one", { dependsOn: ["model.nba.two"] });
    const two = sampleNode("two", { dependsOn: ["model.nba.one"] });
    const graph = createDbtGraph({ nodes: [one, two] });
    const { seconds } = estimateBuild({ graph, nodes: [one, two], threads: 4, secondsOf: () => 1 });
    expect(seconds).toBeGreaterThan(0);
  });
});
