import type { PredictionState } from "@/lib/contracts/prediction-coverage";
import type { DatePredictions, PredictionsSummary } from "@/lib/contracts/predictions";
import { addDays, easternDate, type GameDate } from "@/lib/game-date";
import { findingLines } from "@/lib/predictions/finding-lines";
import { predictionsCloseAt, utcDate } from "@/lib/predictions/prediction-state";
import { type ScoredGame, scoreWindow } from "@/lib/predictions/score-window";
import type { CheckedPredictions } from "./check-predictions";
import type { ExpectedGame, SeasonPredictions } from "./compose-season-predictions";
import { isUnpredicted } from "./unpredicted-page";

export type SummaryInput = {
  now: Date;
  /** Null when the table is not available. */
  checked: CheckedPredictions | null;
  season: SeasonPredictions;
  /** Predicted games with their winners; null when they could not be read. */
  scored: readonly ScoredGame[] | null;
};

type ComposedSummary = Pick<
  PredictionsSummary,
  "available" | "total" | "tonight" | "mlToday" | "scores" | "findings"
>;

/** Judges what was read for the summary. Pure: the clock decides what is pending and what is lost. */
export function composePredictionsSummary({ now, checked, season, scored }: SummaryInput): ComposedSummary {
  if (!checked) {
    return { available: false, total: null, tonight: null, mlToday: null, scores: null, findings: [] };
  }
  const isMeasured = season.season !== null && season.problem === null;
  const unpredicted = season.games.filter(isUnpredicted);
  const fillable = unpredicted.filter(({ prediction }) => prediction.state === "fillable").length;
  return {
    available: true,
    total: checked.total,
    tonight: isMeasured ? datePredictions(easternDate(now), season.games) : null,
    mlToday: isMeasured ? datePredictions(utcDate(now), season.games) : null,
    scores: scored && scoresOf(scored, season, easternDate(now)),
    findings: findingLines(
      {
        ...checked.checks,
        unpredicted: isMeasured
          ? { count: unpredicted.length }
          : { unchecked: season.problem ?? "bronze.bbref_league_schedule names no season." },
      },
      fillable,
    ),
  };
}

function datePredictions(date: GameDate, games: readonly ExpectedGame[]): DatePredictions {
  const expected = games.filter((game) => game.date === date);
  const count = (state: PredictionState) =>
    expected.filter(({ prediction }) => prediction.state === state).length;
  return {
    date,
    expected: expected.length,
    predicted: count("predicted"),
    pending: count("pending"),
    fillable: count("fillable"),
    lost: count("lost"),
    closesAt: predictionsCloseAt(date).toISOString(),
    lacking: expected
      .filter(({ prediction }) => prediction.state !== "predicted")
      .map(({ away, home, prediction }) => ({
        key: `${away.acronym}@${home.acronym}`,
        game: `${away.acronym} @ ${home.acronym}`,
        state: prediction.state,
      })),
  };
}

/** Whole dates up to yesterday: nothing of today is decided before its games' data are due. */
function scoresOf(games: readonly ScoredGame[], { season }: SeasonPredictions, today: GameDate) {
  const yesterday = addDays(today, -1);
  const last = (days: number) => scoreWindow(games, addDays(today, -days), yesterday);
  const hasBegun = season !== null && season.firstDate <= yesterday;
  return {
    last7: last(7),
    last30: last(30),
    season: hasBegun ? scoreWindow(games, season.firstDate, min(season.lastDate, yesterday)) : null,
  };
}

function min(one: GameDate, other: GameDate): GameDate {
  return one < other ? one : other;
}
