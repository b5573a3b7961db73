import { z } from "zod";
import { dayText, withinDates, withReadableDates } from "./date-column";
import type { WarehouseMoment } from "./measured-game";
import { momentOf } from "./moment-column";
import {
  BRONZE_TEAMS,
  keysWithout,
  keyTable,
  keyText,
  keyValues,
  lookUpPlays,
  type PlacedPlays,
  type PlaysKey,
} from "./placed-plays";
import type { DateRange } from "./read-schedule";
import type { WarehousePool } from "./warehouse-pool";
import { type SourceShape, servesGameLookups } from "./warehouse-shape";

export type GamePlays = PlaysKey & {
  /** 1 for "some" where they were looked up and not counted. */
  rows: number;
  newestAt: WarehouseMoment | null;
};

/**
 * Finds which of `keys` have plays: by the row that showed it last, else by a descent of the index for each game.
 * Without an index one pass finds every game of `range`, those outside `keys` too, and no places.
 * @throws WarehouseError
 */
export async function findPlays(
  pool: WarehousePool,
  plays: SourceShape,
  { keys, range, inPlace }: { keys: readonly PlaysKey[]; range: DateRange; inPlace: readonly PlacedPlays[] },
): Promise<{ plays: GamePlays[]; placed: PlacedPlays[] }> {
  if (!servesGameLookups(plays)) return { plays: await groupPlays(pool, plays, range), placed: [] };
  const wanted = new Set(keys.map(keyText));
  const standing = inPlace.filter((key) => wanted.has(keyText(key)));
  const lookedUp = await lookUpPlays(pool, plays, BRONZE_TEAMS, keysWithout(keys, standing));
  const placed = [...standing, ...lookedUp];
  return {
    plays: placed.map(({ date, home, away }) => ({ date, home, away, rows: 1, newestAt: null })),
    placed,
  };
}

const countedRow = z.object({ n: z.number(), rows: z.number(), newestAt: z.number().nullable() });

/** Counts the plays of each of `keys` on one date that has any. @throws WarehouseError */
export async function countPlays(
  pool: WarehousePool,
  plays: SourceShape,
  keys: readonly PlaysKey[],
  range: DateRange,
): Promise<GamePlays[]> {
  if (!servesGameLookups(plays)) return groupPlays(pool, plays, range);
  const newest = newestOf(plays);
  const found = await pool.query(
    {
      tables: [plays.table],
      text: `select k.n::int, hit.rows, hit."newestAt" from ${keyTable("k")}
        cross join lateral (
          select count(*)::int as rows, ${newest} as "newestAt" from ${plays.table} p
          where p.hometeam = k.home and p.awayteam = k.away
            and ${withinDates(`p.${plays.date.name}`, plays.date.kind, "k.day", "k.next_day")}) as hit
        where hit.rows > 0`,
      values: keyValues(keys),
    },
    countedRow,
  );
  return found.flatMap(({ n, rows, newestAt }) => {
    const key = keys[n - 1];
    return key ? [{ ...key, rows, newestAt }] : [];
  });
}

const groupedRow = z.object({
  date: z.string(),
  home: z.string(),
  away: z.string(),
  rows: z.number(),
  newestAt: z.number().nullable(),
});

/** The way without an index: one pass over the range, which then also knows every unscheduled game. */
async function groupPlays(pool: WarehousePool, plays: SourceShape, range: DateRange): Promise<GamePlays[]> {
  const { table, date } = plays;
  const rows = await pool.query(
    {
      tables: [table],
      text: `select ${dayText(date.name, date.kind)} as date, hometeam::text as home, awayteam::text as away,
          count(*)::int as rows, ${newestOf(plays)} as "newestAt"
        from ${table}
        where ${withinDates(date.name, date.kind, "$1", "$2")} and hometeam is not null and awayteam is not null
        group by ${date.name}, hometeam, awayteam`,
      values: [range.from, range.to],
    },
    groupedRow,
  );
  return withReadableDates(rows);
}

function newestOf({ columns }: SourceShape): string {
  return columns.has("modified_at") ? momentOf("max(modified_at)") : "null::float8";
}
