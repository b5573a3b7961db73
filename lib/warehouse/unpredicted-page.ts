import {
  PREDICTIONS_PER_PAGE,
  type PredictionRow,
  type PredictionsRequest,
} from "@/lib/contracts/predictions";
import { tipOffMoment } from "@/lib/predictions/tip-off";
import type { ExpectedGame } from "./compose-season-predictions";
import { boundsOf } from "./measure-predictions-page";

/** True for a game that ought to have a prediction by now and has none. */
export function isUnpredicted({ prediction }: ExpectedGame): boolean {
  return prediction.state === "fillable" || prediction.state === "lost";
}

/**
 * The page of expected games without a prediction, as rows of the table: the filters count, and of the sorts those
 * by date and team, for there is nothing else to sort by.
 */
export function unpredictedPage(
  games: readonly ExpectedGame[],
  request: PredictionsRequest,
): { rows: PredictionRow[]; total: number } {
  const { from, to } = boundsOf(request);
  const matching = games
    .filter(isUnpredicted)
    .filter(({ date }) => (from === null || date >= from) && (to === null || date <= to))
    .filter((game) => request.team === undefined || hasTeam(game, request.team))
    .sort(comparison(request));
  const start = (request.page - 1) * PREDICTIONS_PER_PAGE;
  return {
    rows: matching.slice(start, start + PREDICTIONS_PER_PAGE).map(rowOf),
    total: matching.length,
  };
}

function hasTeam({ away, home }: ExpectedGame, text: string): boolean {
  const wanted = text.toLowerCase();
  const isNamed = (acronym: string) => acronym.toLowerCase() === wanted;
  if (isNamed(away.acronym) || isNamed(home.acronym)) return true;
  return [away, home].some(({ name }) => name.toLowerCase().includes(wanted));
}

function comparison({ sort, order }: PredictionsRequest) {
  const direction = order === "asc" ? 1 : -1;
  const byDate = (one: ExpectedGame, other: ExpectedGame) => compare(one.date, other.date);
  const byTeam = (one: ExpectedGame, other: ExpectedGame) => compare(one.home.name, other.home.name);
  return (one: ExpectedGame, other: ExpectedGame): number => {
    if (sort === "away" || sort === "home") {
      const first = compare(one[sort].name, other[sort].name) * direction;
      return first || -byDate(one, other);
    }
    return byDate(one, other) * (sort === "date" ? direction : -1) || byTeam(one, other);
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function rowOf({ date, away, home, tipOff, prediction }: ExpectedGame): PredictionRow {
  return {
    key: `${date} ${away.name}@${home.name}`,
    date,
    dateText: null,
    tipOff: { eastern: tipOff, at: tipOffMoment(date, tipOff)?.toISOString() ?? null },
    away,
    home,
    state: prediction.state,
    homeWin: null,
    awayWin: null,
    homeMoneyline: null,
    awayMoneyline: null,
    market: null,
    edge: null,
    favourite: null,
    result: null,
    favouriteWon: null,
    firstWrittenAt: null,
    findings: ["unpredicted"],
  };
}
