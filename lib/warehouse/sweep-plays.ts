import { z } from "zod";
import { dayText, withReadableDates } from "./date-column";
import type { PlaysKey } from "./placed-plays";
import type { WarehousePool } from "./warehouse-pool";
import { type SourceShape, servesGameLookups } from "./warehouse-shape";

const gameRow = z.object({ date: z.string(), home: z.string(), away: z.string() });

/**
 * Finds every game that has plays, scheduled or not, by hopping from game to game along the constraint's index:
 * about 70 ms for ten seasons, however many plays there are. Nothing without that index, where each measurement
 * sees them anyway.
 * @throws WarehouseError
 */
export async function sweepPlays(pool: WarehousePool, plays: SourceShape): Promise<PlaysKey[]> {
  if (!servesGameLookups(plays)) return [];
  const { table, date } = plays;
  const [first, second] = plays.indexes.some(
    ([leading, , third]) => leading === "awayteam" && third === date.name,
  )
    ? ["awayteam", "hometeam"]
    : ["hometeam", "awayteam"];
  const place = `${first}, ${second}, ${date.name}`;
  const rows = await pool.query(
    {
      tables: [table],
      text: `with recursive game as (
          (select ${place} from ${table} order by ${place} limit 1)
          union all
          select next.* from game cross join lateral (
            select ${place} from ${table} p
            where (p.${first}, p.${second}, p.${date.name}) > (game.${first}, game.${second}, game.${date.name})
            order by ${place} limit 1) as next)
        select ${dayText(date.name, date.kind)} as date, hometeam::text as home, awayteam::text as away from game
        where hometeam is not null and awayteam is not null and ${date.name} is not null`,
    },
    gameRow,
  );
  return withReadableDates(rows);
}
