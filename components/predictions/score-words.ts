import type { ForecastScore, ScoredWindow } from "@/lib/contracts/predictions";
import { type GameDate, shortLabel } from "@/lib/game-date";
import { ofText, percentText } from "./prediction-words";
import type { ScoreWindow } from "./predictions-url";

export const WINDOW_NAME: Record<ScoreWindow, string> = { "7": "7 days", "30": "30 days", season: "Season" };

export type Forecaster = "model" | "market";

/** Model and market over the same games; without any odds the model stands alone, over all that it predicted. */
export function scoresOf(window: ScoredWindow): Record<Forecaster, ForecastScore> {
  const { model, market } = window.compared;
  return market.games > 0 ? { model, market } : { model: window.model, market };
}

/** What a hit rate counts, in one sentence. */
export function hitRateSentence(forecaster: Forecaster, score: ForecastScore, window: ScoredWindow): string {
  const whose = forecaster === "model" ? "The model's favourite" : "The bookmakers' favourite";
  if (score.decided === 0)
    return `No game ${datesText(window)} has both a result and ${forecaster === "model" ? "a favourite of the model" : "odds"}.`;
  return `${whose} won ${ofText(score.hits, score.decided)} games ${datesText(window)} (${percentText(score.hitRate)}).`;
}

/** What a Brier score is, and over how many games this one. */
export function brierSentence(forecaster: Forecaster, score: ForecastScore, window: ScoredWindow): string {
  if (score.games === 0)
    return `No game ${datesText(window)} has both a result and ${forecaster === "model" ? "a prediction" : "odds"}.`;
  const chance = forecaster === "model" ? "the model's chance" : "the market's chance, its margin taken out,";
  return `Mean squared error of ${chance} for the home team over ${score.games.toLocaleString("en-US")} games ${datesText(window)}: 0 is perfect, 0.25 a coin toss.`;
}

/** Which games stand behind a row of scores. */
export function gamesSentence({ predicted, settled, withoutOdds, ...window }: ScoredWindow): string {
  const without =
    withoutOdds > 0
      ? ` ${withoutOdds.toLocaleString("en-US")} without odds ${withoutOdds === 1 ? "is" : "are"} left out of the comparison.`
      : "";
  return `Of ${predicted.toLocaleString("en-US")} predicted games ${datesText(window)}, ${settled.toLocaleString("en-US")} have a result.${without}`;
}

/** Which of the two did better; null for a draw or when one has no number. */
export function leaderOf(
  scores: Record<Forecaster, ForecastScore>,
  figure: "hitRate" | "brier",
): Forecaster | null {
  const model = scores.model[figure];
  const market = scores.market[figure];
  if (model === null || market === null || model === market) return null;
  return model > market === (figure === "hitRate") ? "model" : "market";
}

function datesText({ from, to }: { from: GameDate; to: GameDate }): string {
  return from === to ? `on ${shortLabel(from)}` : `from ${shortLabel(from)} to ${shortLabel(to)}`;
}
