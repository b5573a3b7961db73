/**
 * One selector of `dbt build --select`: a node's name, with what lies before it, after it, or both. Anything
 * else that dbt would read in such a place (methods, wildcards, `@`, intersections, options) does not exist here.
 */
export type DbtSelector = {
  name: string;
  /** How many levels before the node are taken: 0 none, null all of them. */
  before: number | null;
  /** How many levels after the node are taken: 0 none, null all of them. */
  after: number | null;
};

export const MAX_SELECTOR_LENGTH = 400;

/** ASCII only, from first to last character; a name needs a letter, or dbt would read `1+2` otherwise than meant. */
const SELECTOR =
  /^(?:(?<before>[1-9][0-9]?)?(?<allBefore>\+))?(?<name>(?=[0-9]*[A-Za-z_])[A-Za-z0-9_][A-Za-z0-9_.-]*)(?:(?<allAfter>\+)(?<after>[1-9][0-9]?)?)?$/;

/** dbt takes a value that ends so for a file's name. */
const FILE_ENDING = /\.(?:sql|py|csv)$/i;

/** Reads a selector such as `fact_boxscores+`, `+x` or `2+x+1`; null for everything else. */
export function parseSelector(text: string): DbtSelector | null {
  if (text.length > MAX_SELECTOR_LENGTH) return null;
  const parts = SELECTOR.exec(text)?.groups;
  if (!parts?.name || FILE_ENDING.test(parts.name)) return null;
  return {
    name: parts.name,
    before: levels(parts.allBefore, parts.before),
    after: levels(parts.allAfter, parts.after),
  };
}

/** Writes a selector as dbt reads it. */
export function formatSelector({ name, before, after }: DbtSelector): string {
  const prefix = before === 0 ? "" : `${before ?? ""}+`;
  const suffix = after === 0 ? "" : `+${after ?? ""}`;
  return `${prefix}${name}${suffix}`;
}

function levels(plus: string | undefined, depth: string | undefined): number | null {
  if (plus === undefined) return 0;
  return depth === undefined ? null : Number(depth);
}
