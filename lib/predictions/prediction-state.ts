import type { PredictionCounts, PredictionState } from "@/lib/contracts/prediction-coverage";
import { addDays, type GameDate } from "@/lib/game-date";

/** The date on which the ML program would run at this moment: it predicts the games of that date and no other. */
export function utcDate(now: Date): GameDate {
  return now.toISOString().slice(0, 10);
}

/** When the daily run should have predicted a date's games: 12:00 UTC of the date, and 30 minutes of grace. */
export function predictionsDueAt(date: GameDate): Date {
  return new Date(`${date}T12:30:00Z`);
}

/** 24:00 UTC of the date, which is 7 or 8 PM Eastern: after it the ML program predicts the next date's games. */
export function predictionsCloseAt(date: GameDate): Date {
  return new Date(`${addDays(date, 1)}T00:00:00Z`);
}

/** How a game of `date` stands at the moment `asOf`. */
export function predictionStateOf(date: GameDate, isPredicted: boolean, asOf: Date): PredictionState {
  if (isPredicted) return "predicted";
  if (asOf < predictionsDueAt(date)) return "pending";
  return asOf < predictionsCloseAt(date) ? "fillable" : "lost";
}

/** Counts a date's expected games by state; `isPredicted` has one entry for each. */
export function countPredictions(
  date: GameDate,
  isPredicted: readonly boolean[],
  asOf: Date,
): PredictionCounts {
  const predicted = isPredicted.filter(Boolean).length;
  const lacking = isPredicted.length - predicted;
  const state = predictionStateOf(date, false, asOf);
  return {
    predicted,
    pending: state === "pending" ? lacking : 0,
    fillable: state === "fillable" ? lacking : 0,
    lost: state === "lost" ? lacking : 0,
    closesAt: predictionsCloseAt(date).toISOString(),
  };
}
