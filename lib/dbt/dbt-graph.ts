import type { DbtNode, DbtProject } from "@/lib/contracts/dbt";

/** A project's nodes with their neighbours, by unique id; dependencies on what is not there are dropped. */
export type DbtGraph = {
  nodes: ReadonlyMap<string, DbtNode>;
  parents: ReadonlyMap<string, readonly string[]>;
  children: ReadonlyMap<string, readonly string[]>;
};

/** Lays the project's graph out, once for as many questions as one likes. */
export function createDbtGraph(project: Pick<DbtProject, "nodes">): DbtGraph {
  const nodes = new Map(project.nodes.map((node) => [node.uniqueId, node]));
  const parents = new Map<string, readonly string[]>();
  const children = new Map<string, string[]>(project.nodes.map(({ uniqueId }) => [uniqueId, []]));
  for (const { uniqueId, dependsOn } of project.nodes) {
    const known = dependsOn.filter((id) => nodes.has(id));
    parents.set(uniqueId, known);
    for (const parent of known) children.get(parent)?.push(uniqueId);
  }
  return { nodes, parents, children };
}

/**
 * Every node within `levels` steps along `edges` from any of `starts` (null: however far). A start is among
 * them only where another start leads to it.
 */
export function reach(
  starts: Iterable<string>,
  edges: ReadonlyMap<string, readonly string[]>,
  levels: number | null,
): Set<string> {
  const reached = new Set<string>();
  let layer = new Set(starts);
  for (let level = 0; layer.size > 0 && (levels === null || level < levels); level++) {
    const next = new Set<string>();
    for (const id of layer) for (const near of edges.get(id) ?? []) if (!reached.has(near)) next.add(near);
    for (const id of next) reached.add(id);
    layer = next;
  }
  return reached;
}
