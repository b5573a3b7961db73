import { addDays, type GameDate } from "@/lib/game-date";
import type { ScoredGame } from "@/lib/predictions/score-window";
import { readDate } from "./date-column";
import { withinBounds } from "./prediction-relation";
import type { PredictionTable } from "./prediction-tables";
import type { PredictionsView } from "./predictions-view";
import { readGameResults } from "./read-game-results";
import { readAllPredictions, type StoredPrediction } from "./read-prediction-rows";
import type { WarehousePool } from "./warehouse-pool";

/**
 * Reads the predicted games of the dates from `from` to `to` with their winners. A game that is there twice counts
 * once, by the row that was written last.
 * @throws WarehouseError
 */
export async function measureScoredGames(
  pool: WarehousePool,
  { shape, teams, tables }: PredictionsView,
  table: PredictionTable,
  { from, to }: { from: GameDate; to: GameDate },
): Promise<ScoredGame[]> {
  const { boxscores } = shape.sources;
  const range = { from, to: addDays(to, 1) };
  const [stored, results] = await Promise.all([
    readAllPredictions(pool, table, (values) => withinBounds(table.date.kind, { from, to }, values)),
    boxscores
      ? readGameResults(pool, boxscores, { range, only: null, hasOutcome: tables.hasOutcomes })
      : () => null,
  ]);
  const games = new Map<string, ScoredGame>();
  for (const row of [...stored].sort(byWriting)) {
    const date = readDate(row.day);
    if (date === null || row.home === null || row.away === null) continue;
    const game = { date, home: teams.acronymOf(row.home), away: teams.acronymOf(row.away) };
    const { homeWin, homeMoneyline, awayMoneyline } = row;
    games.set(`${date} ${game.home}`, {
      date,
      homeWin,
      homeMoneyline,
      awayMoneyline,
      winner: results(game)?.winner ?? null,
    });
  }
  return [...games.values()];
}

function byWriting(one: StoredPrediction, other: StoredPrediction): number {
  return (one.firstWrittenAt ?? 0) - (other.firstWrittenAt ?? 0);
}
