import { countText } from "@/components/freshness/day-label";
import type { MlFeatures, MlPreview, SeasonFlag } from "@/lib/contracts/run-kinds/ml";
import { longLabel, shortLabel } from "@/lib/game-date";

/** What the program would do now, in one sentence in numbers. */
export function willPredictText({ willPredict, newGames, gameDate, games, features }: MlPreview): string {
  const date = shortLabel(gameDate);
  if (games.length === 0 && features.problem !== null)
    return `What it would predict of ${date} cannot be told now.`;
  if (willPredict === 0)
    return games.length === 0 ? `There is no game on ${date}.` : `It would predict no game of ${date} now.`;
  const again = willPredict - newGames;
  const parts = [newGames > 0 ? `${newGames} for the first time` : "", again > 0 ? `${again} again` : ""];
  return `It predicts ${countText(willPredict, "game")} of ${date}: ${parts.filter(Boolean).join(", ")}.`;
}

/** What `silver.ml_game_features` holds: how many games, of which date, and whether that is the program's today. */
export function featuresText(features: MlFeatures): string {
  if (features.problem !== null) return features.problem;
  if (features.rows === 0) return "no game";
  const dates = features.dates.map(longLabel).join(", ") || "no readable date";
  const today = features.isToday ? "today for the ML program too" : "not today for the ML program";
  return `${countText(features.rows, "game")} of ${dates}: ${today}`;
}

export const SEASON_FLAG: Record<SeasonFlag, { label: string; good: boolean }> = {
  on: { label: "on", good: true },
  off: { label: "off: the program stops at once, and exits 0", good: false },
  missing: { label: "missing: the program stops at once, and exits 0", good: false },
  unknown: { label: "could not be read", good: false },
};
