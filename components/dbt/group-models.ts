import type { DbtNode } from "@/lib/contracts/dbt";
import { formatSelector, parseSelector } from "@/lib/dbt/parse-selector";
import type { Reach } from "./selection";

export type ModelGroup = {
  /** `silver`, and within it the folder: `intermediate/standings`; empty where there is none. */
  layer: string;
  folder: string;
  nodes: DbtNode[];
};

/** The way of the data; other schemas follow by name, `other` last. */
const LAYER_ORDER = ["bronze", "silver", "gold"];

/** What a project's page lists as "models": everything but tests that can be selected. */
export function listedModels(nodes: readonly DbtNode[]): DbtNode[] {
  return nodes.filter((node) => node.selectable && !isTest(node));
}

/** Models by layer and folder, in the data's order, the folders and names by alphabet. */
export function groupModels(nodes: readonly DbtNode[]): ModelGroup[] {
  const groups = new Map<string, ModelGroup>();
  for (const node of nodes.toSorted(byPlace)) {
    const folder = node.folder.join("/");
    const key = `${node.layer}\n${folder}`;
    const group = groups.get(key) ?? { layer: node.layer, folder, nodes: [] };
    group.nodes.push(node);
    groups.set(key, group);
  }
  return [...groups.values()];
}

export type ModelSearch = {
  /** What is looked for in names, folders and tags; all of it must be found. */
  terms: string[];
  /** The `+` that were typed around a single term. */
  reach: Reach;
};

/** Reads what was typed: words, or one of them with `+` as in a selection. */
export function readSearch(text: string): ModelSearch {
  const typed = text.trim().toLowerCase();
  const selector = parseSelector(typed);
  if (selector) return { terms: [selector.name], reach: { before: selector.before, after: selector.after } };
  return { terms: typed.split(/[\s/]+/).filter(Boolean), reach: { before: 0, after: 0 } };
}

/** The nodes that a search finds; those whose name is or begins with it come before all others. */
export function searchNodes(nodes: readonly DbtNode[], { terms }: ModelSearch): DbtNode[] {
  if (terms.length === 0) return [...nodes];
  const found = nodes.filter((node) => {
    const text = [node.name, node.layer, ...node.folder, ...node.tags].join(" ").toLowerCase();
    return terms.every((term) => text.includes(term));
  });
  return found.toSorted((a, b) => rankOf(a, terms) - rankOf(b, terms));
}

/** What Enter adds for the first find: its name with the `+` that were typed. */
export function selectorFor({ name }: DbtNode, { reach }: ModelSearch): string {
  return formatSelector({ name, ...reach });
}

export function isTest({ type }: Pick<DbtNode, "type">): boolean {
  return type === "test" || type === "unit_test";
}

function byPlace(a: DbtNode, b: DbtNode): number {
  return (
    layerRank(a.layer) - layerRank(b.layer) ||
    a.layer.localeCompare(b.layer) ||
    a.folder.join("/").localeCompare(b.folder.join("/")) ||
    a.name.localeCompare(b.name)
  );
}

function layerRank(layer: string): number {
  if (layer === "other") return LAYER_ORDER.length + 1;
  const rank = LAYER_ORDER.indexOf(layer);
  return rank < 0 ? LAYER_ORDER.length : rank;
}

function rankOf({ name }: DbtNode, [first = ""]: string[]): number {
  const lower = name.toLowerCase();
  if (lower === first) return 0;
  return lower.startsWith(first) ? 1 : lower.includes(first) ? 2 : 3;
}
