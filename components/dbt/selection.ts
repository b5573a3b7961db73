import { type DbtSelector, formatSelector, parseSelector } from "@/lib/dbt/parse-selector";

/** How a name is taken beyond itself. */
export type Reach = Pick<DbtSelector, "before" | "after">;

/** The selection with this one in it: in the place of the same name's, or at the end. */
export function withSelector(selection: readonly string[], selector: DbtSelector): string[] {
  const text = formatSelector(selector);
  const index = indexOfName(selection, selector.name);
  return index < 0 ? [...selection, text] : selection.with(index, text);
}

/** The selection with this one in it, or without it where it is just so. */
export function toggleSelector(selection: readonly string[], selector: DbtSelector): string[] {
  const text = formatSelector(selector);
  return selection.includes(text)
    ? selection.filter((other) => other !== text)
    : withSelector(selection, selector);
}

/** How a name is taken now; null where it is not selected. */
export function reachOf(selection: readonly string[], name: string): Reach | null {
  const found = selection[indexOfName(selection, name)];
  return found === undefined ? null : parseSelector(found);
}

export function sameReach(a: Reach | null, b: Reach | null): boolean {
  return a?.before === b?.before && a?.after === b?.after;
}

/** `fact_boxscores, everything before it and 1 level after it`, for people and screen readers. */
export function selectorWords({ name, before, after }: DbtSelector): string {
  const parts = [levelsText(before, "before it"), levelsText(after, "after it")].filter(Boolean);
  return parts.length > 0 ? `${name}, ${parts.join(" and ")}` : `${name} alone`;
}

function levelsText(levels: number | null, where: string): string {
  if (levels === 0) return "";
  if (levels === null) return `everything ${where}`;
  return `${levels} ${levels === 1 ? "level" : "levels"} ${where}`;
}

function indexOfName(selection: readonly string[], name: string): number {
  return selection.findIndex((text) => parseSelector(text)?.name === name);
}
