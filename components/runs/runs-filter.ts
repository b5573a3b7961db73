import { createParser, parseAsStringLiteral } from "nuqs";
import { z } from "zod";
import { JOB_KINDS, RUN_STATES } from "@/lib/contracts/runs";
import { isGameDate } from "@/lib/game-date";

export const STATE_FILTERS = ["active", "attention", ...RUN_STATES] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];

const gameDateParser = createParser<string>({
  parse: (text) => (isGameDate(text) ? text : null),
  serialize: String,
});

const runIdParser = createParser<string>({
  parse: (text) => z.uuid().safeParse(text).data ?? null,
  serialize: String,
});

/** The list's address: `?state=attention&kind=dbt&date=2026-11-19&before=...`; what makes no sense in it counts as absent. */
export const RUNS_FILTER_PARSERS = {
  state: parseAsStringLiteral(STATE_FILTERS),
  kind: parseAsStringLiteral(JOB_KINDS),
  date: gameDateParser,
  /** The run from which on older ones are listed. */
  before: runIdParser,
};
