import type { DbtNode } from "@/lib/contracts/dbt";
import type { DbtGraph } from "@/lib/dbt/dbt-graph";

export type BuildToEstimate = {
  graph: DbtGraph;
  /** What is still to be run. */
  nodes: readonly DbtNode[];
  /** How long a node is expected to take from now on; null where nobody knows. */
  secondsOf(node: DbtNode): number | null;
  threads: number;
};

export type BuildEstimate = {
  /** Null while no node has a history. */
  seconds: number | null;
  /** Of how many nodes the time is known; the others count as the middle one of their sort. */
  known: number;
};

/**
 * How long a build takes at least: the longest way through its nodes, or all of them spread over the threads,
 * whichever is longer. A node waits for what is before it and for the tests of that.
 */
export function estimateBuild({ graph, nodes, secondsOf, threads }: BuildToEstimate): BuildEstimate {
  const known = new Map<string, number>();
  for (const node of nodes) {
    const seconds = secondsOf(node);
    if (seconds !== null) known.set(node.uniqueId, seconds);
  }
  if (known.size === 0) return { seconds: nodes.length === 0 ? 0 : null, known: 0 };
  const guess = guesserOf(nodes, known);
  const seconds = new Map(
    nodes.map((node) => [node.uniqueId, known.get(node.uniqueId) ?? guess(node)] as const),
  );
  const sum = [...seconds.values()].reduce((total, each) => total + each, 0);
  return { seconds: Math.max(longestWay(graph, seconds), sum / Math.max(1, threads)), known: known.size };
}

/** The middle one of the known models, or tests; of all known where there is none of that sort. */
function guesserOf(nodes: readonly DbtNode[], known: ReadonlyMap<string, number>): (node: DbtNode) => number {
  const knownOf = (tests: boolean) =>
    nodes.flatMap((node) => (isTest(node) === tests ? (known.get(node.uniqueId) ?? []) : []));
  const all = [...known.values()];
  const ofTests = medianOf(knownOf(true)) ?? medianOf(all) ?? 0;
  const ofModels = medianOf(knownOf(false)) ?? medianOf(all) ?? 0;
  return (node) => (isTest(node) ? ofTests : ofModels);
}

/** Through nodes that are not run too: they hold up nobody, and pass on what they wait for. */
function longestWay(graph: DbtGraph, seconds: ReadonlyMap<string, number>): number {
  const ends = new Map<string, number>();
  const endOf = (id: string): number => {
    const found = ends.get(id);
    if (found !== undefined) return found;
    // A damaged manifest's circle would end here.
    ends.set(id, 0);
    const node = graph.nodes.get(id);
    const parents = graph.parents.get(id) ?? [];
    const before =
      node && isTest(node) ? parents : [...parents, ...parents.flatMap((parent) => testsOf(graph, parent))];
    const end = before.reduce((latest, each) => Math.max(latest, endOf(each)), 0) + (seconds.get(id) ?? 0);
    ends.set(id, end);
    return end;
  };
  return [...seconds.keys()].reduce((longest, id) => Math.max(longest, endOf(id)), 0);
}

/** The tests of `id` alone; one of several models holds up only what comes after all of them. */
function testsOf(graph: DbtGraph, id: string): string[] {
  return (graph.children.get(id) ?? []).filter((child) => {
    const node = graph.nodes.get(child);
    return node !== undefined && isTest(node) && graph.parents.get(child)?.length === 1;
  });
}

function isTest({ type }: DbtNode): boolean {
  return type === "test" || type === "unit_test";
}

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
