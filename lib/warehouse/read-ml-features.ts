import { z } from "zod";
import type { GameDate } from "@/lib/game-date";
import { dayText, readDate } from "./date-column";
import type { PredictionTable } from "./prediction-tables";
import type { WarehousePool } from "./warehouse-pool";

/** A game that the ML program's input holds, by the full names of its teams; a null date cannot be read. */
export type FeatureGame = { date: GameDate | null; away: string; home: string; rows: number };

const featureRow = z.object({
  date: z.string().nullable(),
  away: z.string().nullable(),
  home: z.string().nullable(),
  rows: z.number(),
});

/** Many times what one date has: a table that holds more is not what the program expects. */
const MOST_GAMES = 1_000;

/** Reads the games of the feature table, which dbt fills with one date's. @throws WarehouseError */
export async function readMlFeatures(
  pool: WarehousePool,
  { table, date }: PredictionTable,
): Promise<FeatureGame[]> {
  const rows = await pool.query(
    {
      tables: [table],
      text: `select ${dayText("day", date.kind)} as date, away, home, count(*)::int as rows
        from (select ${date.name} as day, away_team::text as away, home_team::text as home from ${table}) as game
        group by day, away, home order by day desc nulls last limit ${MOST_GAMES}`,
    },
    featureRow,
  );
  return rows.map(({ date: text, away, home, rows: count }) => ({
    date: readDate(text),
    away: away ?? "no name",
    home: home ?? "no name",
    rows: count,
  }));
}
