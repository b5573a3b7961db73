import { debounce, parseAsString, useQueryStates } from "nuqs";
import {
  FINDINGS,
  type Finding,
  PREDICTION_SORTS,
  type PredictionSort,
  type PredictionsFilter,
} from "@/lib/contracts/predictions";
import { isGameDate } from "@/lib/game-date";
import { FINDING_LOOK } from "./finding-look";

const PARAMS = ["team", "date", "from", "to", "finding", "sort", "order", "page", "scores"] as const;
type Param = (typeof PARAMS)[number];
export type RawPredictionsUrl = Record<Param, string | null>;

export const SCORE_WINDOWS = ["7", "30", "season"] as const;
export type ScoreWindow = (typeof SCORE_WINDOWS)[number];

export type PredictionsUrl = {
  filter: PredictionsFilter;
  sort: PredictionSort;
  order: "asc" | "desc";
  page: number;
  window: ScoreWindow;
  /** Whether anything narrows the table down. */
  filtered: boolean;
  /** What the address asks for in vain, in words. */
  problems: string[];
};

const LONGEST_TEAM = 60;
const LAST_PAGE = 100_000;

/** What the page's address asks for; what makes no sense in it is named, and counts as absent. */
export function readPredictionsUrl(raw: RawPredictionsUrl): PredictionsUrl {
  const problems: string[] = [];
  const reject = (why: string) => {
    problems.push(why);
    return undefined;
  };
  const date = (name: "date" | "from" | "to") => {
    const text = raw[name] || null;
    if (text === null || isGameDate(text)) return text ?? undefined;
    return reject(`“${text}” is not a calendar date: write it as YYYY-MM-DD, for example 2026-11-21.`);
  };
  const oneOf = <Value extends string>(
    name: Param,
    values: readonly Value[],
    fault: (text: string) => string,
  ) => {
    const text = raw[name] || null;
    if (text === null) return undefined;
    return values.find((value) => value === text) ?? reject(fault(text));
  };
  const team = raw.team?.trim().slice(0, LONGEST_TEAM) || undefined;
  const narrowed = {
    team,
    date: date("date"),
    from: date("from"),
    to: date("to"),
    finding: oneOf("finding", FINDINGS, (text) => `There is no check called “${text}”; all rows are shown.`),
  };
  if (narrowed.from && narrowed.to && narrowed.from > narrowed.to)
    problems.push("No date lies between these two: the first is after the second.");
  const sort =
    oneOf("sort", PREDICTION_SORTS, (text) => `The table cannot be sorted by “${text}”.`) ?? "date";
  const order =
    oneOf("order", ["asc", "desc"] as const, (text) => `“${text}” is no order: write asc or desc.`) ?? "desc";
  const page = pageOf(raw.page, reject) ?? 1;
  const window =
    oneOf("scores", SCORE_WINDOWS, (text) => `There are no scores for “${text}”: write 7, 30 or season.`) ??
    "30";
  return {
    filter: { ...narrowed, sort, order, page },
    sort,
    order,
    page,
    window,
    filtered: Object.values(narrowed).some((value) => value !== undefined),
    problems,
  };
}

function pageOf(text: string | null, reject: (why: string) => undefined): number | undefined {
  if (!text) return undefined;
  const page = /^[0-9]{1,6}$/.test(text) ? Number(text) : 0;
  return page >= 1 && page <= LAST_PAGE ? page : reject(`“${text}” is no page; this is the first one.`);
}

const PARSERS = Object.fromEntries(PARAMS.map((name) => [name, parseAsString])) as Record<
  Param,
  typeof parseAsString
>;
const TYPING_MS = 300;

/** The filters, the order and the page, kept in the address. */
export function usePredictionsUrl() {
  const [raw, setRaw] = useQueryStates(PARSERS, { history: "replace", scroll: false });
  return {
    ...readPredictionsUrl(raw),
    /** As it is being typed, blanks included. */
    teamText: raw.team ?? "",
    setTeam: (team: string) =>
      void setRaw({ team: team || null, page: null }, { limitUrlUpdates: debounce(TYPING_MS) }),
    /** One date is a range of itself, so that the two fields are all there is. */
    setDates: (from: string | null, to: string | null) =>
      void setRaw(
        from !== null && from === to
          ? { date: from, from: null, to: null, page: null }
          : { date: null, from, to, page: null },
      ),
    setFinding: (finding: Finding | null) => void setRaw({ finding, page: null }, { history: "push" }),
    setSort: (sort: PredictionSort, order: "asc" | "desc") =>
      void setRaw({
        sort: sort === "date" ? null : sort,
        order: order === "desc" ? null : order,
        page: null,
      }),
    setPage: (page: number) => void setRaw({ page: page === 1 ? null : String(page) }, { history: "push" }),
    setWindow: (window: ScoreWindow) => void setRaw({ scores: window === "30" ? null : window }),
    clear: () => void setRaw({ team: null, date: null, from: null, to: null, finding: null, page: null }),
  };
}

/** What the table is narrowed down to, in words: `LAL · Sun Nov 22, 2026 · Duplicates`. */
export function filterText({ filter }: Pick<PredictionsUrl, "filter">): string {
  const dates =
    filter.date ??
    (filter.from && filter.to
      ? `${filter.from} to ${filter.to}`
      : filter.from
        ? `from ${filter.from}`
        : filter.to && `until ${filter.to}`);
  return [filter.team, dates, filter.finding && FINDING_LOOK[filter.finding].name]
    .filter(Boolean)
    .join(" · ");
}
