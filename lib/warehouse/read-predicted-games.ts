import { z } from "zod";
import { dayText, readDate, withinDates, withReadableDates } from "./date-column";
import type { PredictedGame } from "./predicted-games";
import { dayOfRow, predictionNumbers, predictionRelation } from "./prediction-relation";
import type { PredictionTable } from "./prediction-tables";
import type { DateRange } from "./read-schedule";
import type { WarehousePool } from "./warehouse-pool";

const FIELD = "\t";
const GAME = "\n";

const dayRow = z.object({ date: z.string().nullable(), games: z.string() });

/**
 * Reads which games of `range` are predicted, and nothing more: a row for each date, because a season's thousand
 * rows would take longer to travel than to read.
 * @throws WarehouseError
 */
export async function readPredictedGames(
  pool: WarehousePool,
  { table, date }: PredictionTable,
  range: DateRange,
): Promise<PredictedGame[]> {
  const rows = await pool.query(
    {
      tables: [table],
      text: `select ${dayText("day", date.kind)} as date,
          string_agg(away_team || '${FIELD}' || home_team, '${GAME}') as games
        from (select ${date.name} as day, away_team::text, home_team::text from ${table}
          where ${withinDates(date.name, date.kind, "$1", "$2")}
            and away_team is not null and home_team is not null) as game
        group by day`,
      values: [range.from, range.to],
    },
    dayRow,
  );
  return rows.flatMap(({ date: text, games }) => {
    const day = readDate(text);
    if (day === null) return [];
    return games.split(GAME).map((game) => {
      const [away = "", home = ""] = game.split(FIELD);
      return { date: day, away, home, awayWin: null, homeWin: null, firstWrittenAt: null };
    });
  });
}

const gameRow = z.object({
  date: z.string().nullable(),
  away: z.string(),
  home: z.string(),
  awayWin: z.number().nullable(),
  homeWin: z.number().nullable(),
  firstWrittenAt: z.number().nullable(),
});

/** Reads the predictions of a few dates with what they say. Of two for one game the later one counts. @throws WarehouseError */
export async function readPredictedGamesInFull(
  pool: WarehousePool,
  table: PredictionTable,
  range: DateRange,
): Promise<PredictedGame[]> {
  const { homeWin, awayWin, written } = predictionNumbers(table);
  const rows = await pool.query(
    {
      tables: [table.table],
      text: `select ${dayOfRow(table.date.kind)} as date, p.away, p.home, ${awayWin} as "awayWin",
          ${homeWin} as "homeWin", ${written} as "firstWrittenAt"
        from ${predictionRelation(table)}
        where ${withinDates("p.raw", table.date.kind, "$1", "$2")} and p.away is not null and p.home is not null
        order by p.written_at nulls first`,
      values: [range.from, range.to],
    },
    gameRow,
  );
  return withReadableDates(rows);
}
