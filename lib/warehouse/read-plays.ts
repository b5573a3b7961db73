import { z } from "zod";
import type { GameDate } from "@/lib/game-date";
import { dayText, nextDay, withinDates, withReadableDates } from "./date-column";
import type { WarehouseMoment } from "./measured-game";
import { momentOf } from "./moment-column";
import type { DateRange } from "./read-schedule";
import type { WarehousePool } from "./warehouse-pool";
import { type SourceShape, servesGameLookups } from "./warehouse-shape";

/** A game as plays name it. */
export type PlaysKey = { date: GameDate; home: string; away: string };

export type GamePlays = PlaysKey & {
  /** 1 for "some" where they were looked up and not counted. */
  rows: number;
  newestAt: WarehouseMoment | null;
};

const placesRow = z.object({ places: z.string().nullable() });

/**
 * Finds which of `keys` have plays. By index it is one descent for each game, however many plays it has; LATERAL
 * with LIMIT keeps the planner from joining the whole table. Without an index, one pass finds every game of
 * `range`, those outside `keys` too.
 * @throws WarehouseError
 */
export async function findPlays(
  pool: WarehousePool,
  plays: SourceShape,
  keys: readonly PlaysKey[],
  range: DateRange,
): Promise<GamePlays[]> {
  if (!servesGameLookups(plays)) return groupPlays(pool, plays, range);
  const [found] = await pool.query(
    {
      tables: [plays.table],
      text: `select string_agg(k.n::text, ' ') as places from ${keyTable("k")}
        cross join lateral (
          select 1 from ${plays.table} p
          where p.hometeam = k.home and p.awayteam = k.away
            and ${withinDates(`p.${plays.date.name}`, plays.date.kind, "k.day", "k.next_day")}
          limit 1) as hit`,
      values: keyValues(keys),
    },
    placesRow,
  );
  return keysAt(keys, found?.places ?? null).map(({ date, home, away }) => ({
    date,
    home,
    away,
    rows: 1,
    newestAt: null,
  }));
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

/** No team and no date holds it. */
const SEPARATOR = "\u001f";

/** SQL for `keyValues` as a table of (home, away, day, next_day) with the place n of each key. */
export function keyTable(alias: string): string {
  const lists = ["$1", "$2", "$3", "$4"].map((list) => `string_to_array(${list}::text, E'\\x1f')`);
  return `unnest(${lists.join(", ")}) with ordinality as ${alias}(home, away, day, next_day, n)`;
}

/** The four lists that `keyTable` takes, as text: the driver takes longer to write arrays than PostgreSQL to split. */
export function keyValues(keys: readonly PlaysKey[]): string[] {
  return [
    keys.map(({ home }) => home),
    keys.map(({ away }) => away),
    keys.map(({ date }) => date),
    keys.map(({ date }) => nextDay(date)),
  ].map((list) => list.join(SEPARATOR));
}

/** The keys that an answer names by their places in `keyTable`: `1 2 5`. */
export function keysAt<Key>(keys: readonly Key[], places: string | null): Key[] {
  return (places?.split(" ") ?? []).flatMap((place) => keys[Number(place) - 1] ?? []);
}
