import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from "@dagrejs/dagre";
import type { DbtNode } from "@/lib/contracts/dbt";

/** A box of the graph, its corner in pixels; its name in one line or two. */
export type LineageBox = {
  id: string;
  lines: string[];
  x: number;
  y: number;
  width: number;
  height: number;
};
export type LineageEdge = { id: string; source: string; target: string };

const LINE = 15;
const PADDING_Y = 11;
/** Of the 12 px type: wide enough for any name of such a length. */
const LETTER = 7.2;
const PADDING_X = 22;
const WIDEST = 190;
/** Longer names are broken in two: a graph of narrow boxes can be read without zooming. */
const LONGEST_LINE = 13;

const DRAWN = new Set<DbtNode["type"]>(["model", "seed", "snapshot", "source", "function"]);

/** Nodes that a lineage shows: what holds rows, and what they come from. Tests are in the list. */
export function drawnNodes(nodes: readonly DbtNode[]): DbtNode[] {
  return nodes.filter(({ type }) => DRAWN.has(type));
}

/** What is drawn for a build: its nodes, and what lies right before and after them. */
export function aroundBuild(nodes: readonly DbtNode[], build: ReadonlySet<string>): DbtNode[] {
  const near = new Set(build);
  for (const { uniqueId, dependsOn } of nodes) {
    if (build.has(uniqueId)) for (const parent of dependsOn) near.add(parent);
    if (dependsOn.some((parent) => build.has(parent))) near.add(uniqueId);
  }
  return nodes.filter(({ uniqueId }) => near.has(uniqueId));
}

/** Places nodes from left to right, what depends on what to its right, with the lines between them. */
export function layoutLineage(nodes: readonly DbtNode[]): { boxes: LineageBox[]; edges: LineageEdge[] } {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: "LR", nodesep: 9, ranksep: 40 });
  graph.setDefaultEdgeLabel(() => ({}));
  const shown = new Map(nodes.map((node) => [node.uniqueId, node]));
  for (const node of nodes) graph.setNode(node.uniqueId, boxSize(labelLines(labelOf(node))));
  const edges = nodes.flatMap(({ uniqueId, dependsOn }) =>
    dependsOn
      .filter((parent) => shown.has(parent))
      .map((parent) => ({ id: `${parent}>${uniqueId}`, source: parent, target: uniqueId })),
  );
  for (const { source, target } of edges) graph.setEdge(source, target);
  layout(graph);
  const boxes = nodes.map((node) => {
    const { x = 0, y = 0, width, height } = graph.node(node.uniqueId);
    // dagre gives centres.
    const lines = labelLines(labelOf(node));
    return { id: node.uniqueId, lines, x: x - width / 2, y: y - height / 2, width, height };
  });
  return { boxes, edges };
}

/** Sources carry their schema, as a model of the same name may exist. */
export function labelOf({ type, name, schema }: DbtNode): string {
  return type === "source" && schema ? `${schema}.${name}` : name;
}

/** A name as the graph writes it: broken behind the underscore or dot nearest its middle where it is long. */
export function labelLines(label: string): string[] {
  if (label.length <= LONGEST_LINE) return [label];
  const breaks = [...label.matchAll(/[_.](?=.)/g)].map(({ index }) => index + 1);
  const middle = label.length / 2;
  const [at] = breaks.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return at === undefined ? [label] : [label.slice(0, at), label.slice(at)];
}

function boxSize(lines: readonly string[]): { width: number; height: number } {
  const longest = Math.max(...lines.map(({ length }) => length));
  return {
    width: Math.min(WIDEST, Math.ceil(longest * LETTER) + PADDING_X),
    height: lines.length * LINE + PADDING_Y,
  };
}
