import { describe, expect, test } from "vitest";
import type { DbtNode } from "@/lib/contracts/dbt";
import { aroundBuild, drawnNodes, labelLines, labelOf, layoutLineage } from "./lineage-layout";
import { nodeOf } from "./project-fixture";

const source = nodeOf("boxscores", { type: "source", schema: "bronze", layer: "bronze" });
const child = (name: string, ...parents: DbtNode[]) =>
  nodeOf(name, { dependsOn: parents.map(({ uniqueId }) => uniqueId) });
const fact = child("fact", source);
const mid = child("mid", fact);
const mart = child("mart", mid, fact);
const other = child("other", source);
const check = nodeOf("unique_fact", { type: "test", dependsOn: [fact.uniqueId] });
const NODES = [mart, source, fact, mid, other, check];
const names = (nodes: readonly DbtNode[]) => nodes.map(({ name }) => name).toSorted();

test("tests are not drawn, sources are", () => {
  expect(names(drawnNodes(NODES))).toEqual(["boxscores", "fact", "mart", "mid", "other"]);
  expect(labelOf(source)).toBe("bronze.boxscores");
  expect(labelOf(fact)).toBe("fact");
});

test.each([
  ["standings", ["standings"]],
  ["fact_pbp_data", ["fact_pbp_data"]],
  ["fact_boxscores", ["fact_", "boxscores"]],
  ["schedule_tonights_games", ["schedule_", "tonights_games"]],
  ["bronze.bbref_player_boxscores", ["bronze.bbref_", "player_boxscores"]],
  ["averylongnamewithoutanybreak", ["averylongnamewithoutanybreak"]],
  ["averylongnamethatendswith_", ["averylongnamethatendswith_"]],
])("%s is written as %j", (label, lines) => expect(labelLines(label)).toEqual(lines));

describe("aroundBuild", () => {
  test.each<[string, DbtNode[], string[]]>([
    ["with what is right before and after", [mid], ["fact", "mart", "mid"]],
    [
      "a source's children belong to it only where one is built",
      [fact],
      ["boxscores", "fact", "mart", "mid"],
    ],
    ["nothing", [], []],
  ])("%s", (_name, build, expected) => {
    const ids = new Set(build.map(({ uniqueId }) => uniqueId));
    expect(names(aroundBuild(drawnNodes(NODES), ids))).toEqual(expected);
  });
});

describe("layoutLineage", () => {
  const { boxes, edges } = layoutLineage(drawnNodes(NODES));
  const boxOf = (node: DbtNode) => boxes.find(({ id }) => id === node.uniqueId);

  test("everything lies to the right of what it depends on", () => {
    expect(edges).toHaveLength(5);
    for (const { source: from, target: to } of edges) {
      const [left, right] = [from, to].map((id) => boxes.find((box) => box.id === id));
      expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThan(right?.x ?? 0);
    }
  });

  test("no two boxes overlap, and longer names have larger ones", () => {
    for (const a of boxes)
      for (const b of boxes)
        if (a.id < b.id)
          expect(
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
          ).toBe(true);
    expect(boxOf(source)?.height ?? 0).toBeGreaterThan(boxOf(mid)?.height ?? 0);
  });

  test("a line to what is not drawn is left out", () => {
    expect(layoutLineage([mid]).edges).toEqual([]);
  });

  test("a damaged manifest's circle is drawn all the same", () => {
    const a = nodeOf("a", { dependsOn: ["model.nba.b"] });
    const b = nodeOf("b", { dependsOn: ["model.nba.a"] });
    expect(layoutLineage([a, b]).boxes).toHaveLength(2);
  });
});
