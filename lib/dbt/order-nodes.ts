import type { DbtNode } from "@/lib/contracts/dbt";
import { type DbtGraph, reach } from "./dbt-graph";
import type { DbtSelection } from "./select-nodes";

/**
 * The nodes of a selection in the order in which `dbt build` starts them on one thread; on several, those of
 * one level run side by side. A level holds what waits for nothing but earlier levels, by unique id; a node
 * waits for the tests of what is before it, and a model's unit tests come right before the model.
 */
export function orderNodes(graph: DbtGraph, selection: DbtSelection): DbtNode[] {
  const levels = levelsOf(graph, selection.selected);
  const nodes = [...selection.runs].flatMap((id) => graph.nodes.get(id) ?? []);
  const unitTests = nodes.filter(({ type }) => type === "unit_test").sort(byId);
  const queued = nodes
    .filter(({ type }) => type !== "unit_test")
    .sort((a, b) => (levels.get(a.uniqueId) ?? 0) - (levels.get(b.uniqueId) ?? 0) || byId(a, b));
  return queued.flatMap((node) => [...unitTests.filter(({ tests }) => tests[0] === node.uniqueId), node]);
}

/**
 * For each node the most of dbt's queue that lies on one way to it. Ephemeral models stand in the queue too,
 * though nothing is run for them; sources and empty models do not.
 */
function levelsOf(graph: DbtGraph, selected: ReadonlySet<string>): Map<string, number> {
  const waits = waitingFor(graph);
  const levels = new Map<string, number>();
  const levelOf = (id: string): number => {
    const known = levels.get(id);
    if (known !== undefined) return known;
    // Were a damaged manifest's dependencies circular, the circle would end here.
    levels.set(id, 0);
    const before = waits(id).map(levelOf);
    const level =
      before.reduce((most, each) => Math.max(most, each), 0) + (isQueued(graph, selected, id) ? 1 : 0);
    levels.set(id, level);
    return level;
  };
  for (const id of selected) levelOf(id);
  return levels;
}

function isQueued(graph: DbtGraph, selected: ReadonlySet<string>, id: string): boolean {
  const node = graph.nodes.get(id);
  if (node === undefined || !selected.has(id) || node.type === "unit_test") return false;
  return node.runs || node.materialized === "ephemeral";
}

/**
 * What a node waits for: its parents, and each test whose nodes all lie before it (dbt's
 * `Linker.add_test_edges`; a test of two nodes holds up only what descends from both).
 */
function waitingFor(graph: DbtGraph): (id: string) => string[] {
  return (id) => {
    const parents = graph.parents.get(id) ?? [];
    const node = graph.nodes.get(id);
    if (node === undefined || !WAITS_FOR_TESTS.has(node.type)) return [...parents];
    const before = reach([id], graph.parents, null);
    const tests = [...before]
      .flatMap((ancestor) => graph.children.get(ancestor) ?? [])
      .filter((test) => {
        const { type, dependsOn } = graph.nodes.get(test) ?? { type: null, dependsOn: [] };
        return type === "test" && dependsOn.every((tested) => before.has(tested));
      });
    return [...parents, ...new Set(tests)];
  };
}

const WAITS_FOR_TESTS: ReadonlySet<DbtNode["type"]> = new Set([
  "model",
  "seed",
  "snapshot",
  "analysis",
  "operation",
]);

function byId(a: DbtNode, b: DbtNode): number {
  return a.uniqueId < b.uniqueId ? -1 : a.uniqueId > b.uniqueId ? 1 : 0;
}
