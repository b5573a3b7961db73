import type { DbtNode } from "@/lib/contracts/dbt";
import { AppError } from "@/lib/errors";
import { type DbtGraph, reach } from "./dbt-graph";
import { matchesName, namesOf } from "./match-name";
import { describeUnknownName } from "./nearest-names";
import { type DbtSelector, parseSelector } from "./parse-selector";

export type DbtSelection = {
  /** All that the selection names, with what runs nothing: sources, ephemeral models, exposures. */
  selected: ReadonlySet<string>;
  /** What `dbt build` starts for it. */
  runs: ReadonlySet<string>;
};

/**
 * What `dbt build --select ...` takes for these selectors, together with the tests of everything taken (dbt's
 * eager indirect selection); everything for an empty list.
 * @throws AppError `invalid-request` naming each selector that is none, and each name that the project lacks
 * with the nearest that it has
 */
export function selectNodes(graph: DbtGraph, selectors: readonly string[]): DbtSelection {
  const selected = selectors.length === 0 ? new Set(graph.nodes.keys()) : new Set<string>();
  for (const selector of parseAll(graph, selectors))
    for (const id of select(graph, selector)) selected.add(id);
  return { selected, runs: runnable(graph, selected) };
}

/** Further ones are counted: looking for near names costs time, and nobody reads hundreds. */
const PROBLEMS_SHOWN = 5;

function parseAll(graph: DbtGraph, selectors: readonly string[]): DbtSelector[] {
  const parsed = selectors.map(parseSelector);
  const known = new Set([...graph.nodes.values()].flatMap(namesOf));
  const wrong = parsed.flatMap((selector, index) =>
    selector !== null && known.has(selector.name) ? [] : [{ selector, index }],
  );
  if (wrong.length === 0) return parsed.filter((selector) => selector !== null);
  const fields = wrong.slice(0, PROBLEMS_SHOWN).map(({ selector, index }) => ({
    path: String(index),
    message: selector ? describeUnknownName(graph, selector.name) : notASelector(selectors[index] ?? ""),
  }));
  const more = wrong.length > fields.length ? ` And ${wrong.length - fields.length} more.` : "";
  throw new AppError("invalid-request", `${fields.map(({ message }) => message).join(" ")}${more}`, {
    fields,
  });
}

function notASelector(text: string): string {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  return `${shown} is not a selection: only a name, with + or a number and + before or after it, is.`;
}

function select(graph: DbtGraph, { name, before, after }: DbtSelector): Set<string> {
  const named = [...graph.nodes.values()].filter((node) => matchesName(node, name)).map(idOf);
  const taken = new Set([
    ...named,
    ...reach(named, graph.parents, before),
    ...reach(named, graph.children, after),
  ]);
  return new Set([...taken, ...testsOf(graph, taken)]);
}

/** Every test of which any parent is taken. */
function testsOf(graph: DbtGraph, taken: ReadonlySet<string>): string[] {
  return [...taken].flatMap((id) => graph.children.get(id) ?? []).filter((id) => isTest(graph.nodes.get(id)));
}

/** A unit test is run by its model's turn: selected without the model, dbt passes over it. */
function runnable(graph: DbtGraph, selected: ReadonlySet<string>): Set<string> {
  return new Set(
    [...selected].filter((id) => {
      const node = graph.nodes.get(id);
      if (!node?.runs) return false;
      return node.type !== "unit_test" || node.tests.some((tested) => selected.has(tested));
    }),
  );
}

function isTest(node: DbtNode | undefined): boolean {
  return node?.type === "test" || node?.type === "unit_test";
}

function idOf({ uniqueId }: DbtNode): string {
  return uniqueId;
}
