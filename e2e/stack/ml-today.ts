import type { Client } from "pg";
import { addDays, easternDate, type GameDate } from "@/lib/game-date";
import { utcDate } from "@/lib/predictions/prediction-state";
import { gamesOn, type ScheduledGame } from "@/sandbox/season/season";
import { scheduleRow } from "@/sandbox/warehouse/bronze-rows";
import { insertRows } from "@/sandbox/warehouse/insert-rows";
import { featureRow, predictionRow } from "@/sandbox/warehouse/prediction-rows";

/** The games that the ML program can predict now, of which the first two have no prediction yet. */
export type MlToday = {
  date: GameDate;
  /** `LAL @ PHX`, in the order of their names. */
  games: string[];
  lacking: ScheduledGame[];
  /** Gives the warehouse back what it held. */
  undo(): Promise<void>;
};

const LEAST_GAMES = 4;
const KEPT: readonly (readonly [table: string, condition: string])[] = [
  ["bronze.bbref_league_schedule", "proper_date::date = $1::date"],
  ["gold.ml_game_predictions", "game_date::date = $1::date"],
  ["silver.ml_game_features", "$1::date is not null"],
  ["gold.feature_flags", "$1::date is not null and flag = 'season'"],
];

/**
 * Makes a warehouse in which the UTC date has games, whatever the season has on it: all of them in the feature
 * table, all but two of them predicted.
 */
export async function layMlToday(warehouse: Client): Promise<MlToday> {
  const date = utcDate(new Date());
  const games = someGames(date);
  const lacking = games.slice(0, 2);
  const stamp = new Date().toISOString().slice(0, 19).replace("T", " ");
  const kept: { table: string; condition: string; rows: object[] }[] = [];
  for (const [table, condition] of KEPT) {
    const { rows } = await warehouse.query(
      `select to_jsonb(known) as row from ${table} known where ${condition}`,
      [date],
    );
    kept.push({ table, condition, rows: rows.map(({ row }) => row) });
  }
  const empty = async ({ table, condition }: { table: string; condition: string }) => {
    await warehouse.query(`delete from ${table} where ${condition}`, [date]);
  };
  for (const part of kept.filter(({ table }) => table !== "gold.feature_flags")) await empty(part);
  const stamps = { created_at: stamp, modified_at: stamp };
  await insertRows(
    warehouse,
    "bronze.bbref_league_schedule",
    games.map((game) => scheduleRow(game, stamps)),
  );
  await insertRows(warehouse, "silver.ml_game_features", games.map(featureRow));
  await insertRows(
    warehouse,
    "gold.ml_game_predictions",
    games.slice(2).map((game) => ({ ...predictionRow(game), ...stamps })),
  );
  return {
    date,
    games: games.map(({ away, home }) => `${away.acronym} @ ${home.acronym}`).sort(),
    lacking,
    async undo() {
      for (const part of kept) {
        await empty(part);
        await insertRows(warehouse, part.table, part.rows);
      }
    },
  };
}

/** Some past date's games as if they were this date's, late enough not to have begun. */
function someGames(date: GameDate): ScheduledGame[] {
  const anchor = easternDate(new Date());
  for (let back = 1; back < 30; back += 1) {
    const games = gamesOn(addDays(anchor, -back), anchor);
    if (games.length >= LEAST_GAMES) return games.map((game) => ({ ...game, date, startTime: "11:30p" }));
  }
  throw new Error(`No date of the season has ${LEAST_GAMES} games.`);
}
