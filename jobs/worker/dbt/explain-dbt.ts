import type { Explanation } from "@/jobs/worker/run-handler";
import { withoutColours } from "./clean-message";

type Known = { pattern: RegExp; hint: string | null };

/** Lines of dbt's log that explain a failure, the most telling first, and what to do about each. */
const EXPLANATIONS: readonly Known[] = [
  {
    pattern: /password authentication failed|no password supplied|role ".*" does not exist/i,
    hint: "Check DBT_ENV_DBT_USER and DBT_ENV_DBT_PASS.",
  },
  {
    pattern:
      /could not translate host name|Connection refused|connection to server .* failed|timeout expired/i,
    hint: "Check DBT_ENV_DBT_HOST and DBT_ENV_DBT_PORT, and that the warehouse is up.",
  },
  { pattern: /database ".*" does not exist/i, hint: "Check DBT_ENV_DBT_DBNAME." },
  {
    pattern: /Env var required but not provided/i,
    hint: "Set it for the worker, with DBT_ENV_ before its name.",
  },
  {
    pattern: /Could not find profile named|does not have a target named/i,
    hint: "Check DBT_PROFILES_DIR and DBT_TARGET.",
  },
  {
    pattern: /No module named '?dbt\b|Could not find adapter type/i,
    hint: "Install dbt-core below 2 with dbt-postgres where DBT_COMMAND looks for it.",
  },
  {
    pattern: /packages? (?:that were )?(?:specified|installed)|Run "?dbt deps"?/i,
    hint: "Run dbt deps in the dbt checkout.",
  },
  {
    pattern: /permission denied for/i,
    hint: "Grant it to dbt's role; an administrator of the warehouse can.",
  },
  { pattern: /^(?:Database|Compilation|Runtime) Error in \w+ /, hint: null },
  {
    pattern: /^(?:Parsing|Compilation|Dependency|Validation) Error\b/,
    hint: "The project does not parse: mend it in the dbt checkout, then order the build again.",
  },
  { pattern: /^Failure in (?:unit_)?test\b/, hint: null },
  { pattern: /^(?:Database|Runtime|Internal|Unhandled) Error\b|^Encountered an error/i, hint: null },
  { pattern: /^\w*(?:Error|Exception)\b.*:/, hint: null },
];

/** Lines that announce an error; the next one says what it is. */
const ANNOUNCES = /^(?:\w+ Error(?: in \w+ .+)?|Failure in (?:unit_)?test .+|Encountered an error:?)$/;

/**
 * The better explanation of the two: the more telling one, and of equals the earlier. What an announced error
 * is, in the line after it, is added to it.
 */
export function explainDbt(
  known: Explanation | null,
  line: { seq: number; text: string },
): Explanation | null {
  const text = withoutColours(line.text)
    .replace(/^\d\d:\d\d:\d\d(?:\.\d+)?\s+/, "")
    .trim();
  const rank = EXPLANATIONS.findIndex(({ pattern }) => pattern.test(text));
  if (rank !== -1 && (known === null || rank < known.rank)) return { seq: line.seq, text, rank };
  const isAbout = known !== null && line.seq === known.seq + 1 && ANNOUNCES.test(known.text) && text !== "";
  return isAbout ? { ...known, text: `${known.text.replace(/:$/, "")}: ${text}` } : known;
}

/** What to do about a line that explains a failure; null where that depends. */
export function hintFor(text: string): string | null {
  return EXPLANATIONS.find(({ pattern }) => pattern.test(text))?.hint ?? null;
}
