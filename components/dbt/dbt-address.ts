import { createParser, parseAsString } from "nuqs";
import { parseSelector } from "@/lib/dbt/parse-selector";

/**
 * The selections that an address names, as written: what is none of them stays, so that a broken link never
 * turns into "everything". A `+` that somebody typed into an address arrives as a space.
 */
export function readSelection(text: string): string[] {
  const items = text.split(",").flatMap((item) => {
    const whole = item.replaceAll(" ", "+");
    return parseSelector(whole) ? [whole] : item.trim().split(/\s+/);
  });
  return [...new Set(items.filter((item) => item !== ""))];
}

/** `/dbt?select=fact_boxscores%2B,fact_pbp_data%2B&full=1`: the dbt page with a build chosen on it. */
export function dbtHref({
  select,
  fullRefresh,
}: {
  select: readonly string[];
  fullRefresh: boolean;
}): string {
  const parts = [
    select.length > 0 ? `select=${select.map(encodeURIComponent).join(",")}` : "",
    fullRefresh ? "full=1" : "",
  ].filter(Boolean);
  return parts.length > 0 ? `/dbt?${parts.join("&")}` : "/dbt";
}

const selectionParser = createParser<string[]>({
  parse: readSelection,
  serialize: (selection) => selection.join(","),
  eq: (a, b) => a.join() === b.join(),
});

/** Only `1` switches it on: a full refresh is never the outcome of a misread address. */
const fullRefreshParser = createParser<boolean>({
  parse: (text) => text === "1",
  serialize: (on) => (on ? "1" : "0"),
});

/** The page's address: what is selected, whether it is rebuilt, what is searched for. */
export const DBT_ADDRESS_PARSERS = {
  select: selectionParser.withDefault([]),
  full: fullRefreshParser.withDefault(false),
  q: parseAsString.withDefault(""),
};
