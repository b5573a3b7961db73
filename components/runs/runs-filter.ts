import { createParser, parseAsStringLiteral } from "nuqs";
import { RUN_STATES } from "@/lib/contracts/runs";
import { isGameDate } from "@/lib/game-date";

export const STATE_FILTERS = ["active", "attention", ...RUN_STATES] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];

const gameDateParser = createParser<string>({
  parse: (text) => (isGameDate(text) ? text : null),
  serialize: String,
});

const momentParser = createParser<string>({
  parse: (text) => {
    const at = Date.parse(text);
    return Number.isNaN(at) ? null : new Date(at).toISOString();
  },
  serialize: String,
});

/** The list's address: `?state=attention&date=2026-11-19&before=...`; what makes no sense in it counts as absent. */
export const RUNS_FILTER_PARSERS = {
  state: parseAsStringLiteral(STATE_FILTERS),
  date: gameDateParser,
  before: momentParser,
};
