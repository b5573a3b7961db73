import type { DbtNode } from "@/lib/contracts/dbt";
import type { DbtGraph } from "./dbt-graph";
import { namesOf } from "./match-name";

const SHOWN = 3;

/** Why `name`, which nothing selectable has, cannot be selected, with the nearest names that can. */
export function describeUnknownName(graph: DbtGraph, name: string): string {
  const nodes = [...graph.nodes.values()];
  const source = nodes.find((node) => node.type === "source" && node.name === name);
  if (source) {
    const readers = (graph.children.get(source.uniqueId) ?? [])
      .map((id) => graph.nodes.get(id))
      .flatMap((node) => (node?.type === "model" ? [node.name] : []));
    const select = readers.length > 0 ? ` Select what reads it: ${inWords(readers)}.` : "";
    return `${name} is a source, which dbt reads and does not build.${select}`;
  }
  const nearest = nearestOf(name, nodes);
  const question = nearest.length > 0 ? ` Did you mean ${inWords(nearest)}?` : "";
  return `The dbt project has nothing named ${name}.${question}`;
}

/** Tests are named after what they test, and would crowd out what was meant. */
function nearestOf(name: string, nodes: readonly DbtNode[]): string[] {
  const isTest = ({ type }: DbtNode) => type === "test" || type === "unit_test";
  const others = nodes.filter((node) => !isTest(node)).flatMap(namesOf);
  const nearest = nearestNames(name, new Set(others));
  return nearest.length > 0 ? nearest : nearestNames(name, new Set(nodes.filter(isTest).flatMap(namesOf)));
}

/** The names most like `name`, best first: by edits, and those that contain it. */
export function nearestNames(name: string, known: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return [...known]
    .filter((candidate) => candidate.includes(name) || Math.abs(candidate.length - name.length) <= limit)
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .map(({ candidate }) => candidate)
    .slice(0, SHOWN);
}

/** `a, b or c` */
function inWords(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN);
  return [shown.slice(0, -1).join(", "), shown.at(-1)].filter(Boolean).join(" or ");
}

function distanceOf(wanted: string, candidate: string): number {
  if (wanted.length >= 3 && candidate.includes(wanted)) return 1;
  return editDistance(wanted, candidate);
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
