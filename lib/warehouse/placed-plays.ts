import { z } from "zod";
import type { GameDate } from "@/lib/game-date";
import { nextDay, withinDates } from "./date-column";
import type { WarehousePool } from "./warehouse-pool";
import type { SourceShape } from "./warehouse-shape";

/** A game as plays name it. */
export type PlaysKey = { date: GameDate; home: string; away: string };

/** A game with plays, and the place (`ctid`) of one of their rows, `(12,3)`; null where rows have no place. */
export type PlacedPlays = PlaysKey & { place: string | null };

/** What a table of plays calls the teams. */
export type TeamColumns = { home: string; away: string };

export const BRONZE_TEAMS: TeamColumns = { home: "hometeam", away: "awayteam" };
export const SILVER_TEAMS: TeamColumns = { home: "home_team", away: "away_team" };

const foundRow = z.object({ numbers: z.string().nullable(), places: z.string().nullable() });

/**
 * Looks each of `keys` up: exact, and as quick as the table's index serves. LATERAL with LIMIT keeps the planner
 * from joining the whole table; a place costs one page of the table for each game.
 * @throws WarehouseError
 */
export async function lookUpPlays(
  pool: WarehousePool,
  source: SourceShape,
  teams: TeamColumns,
  keys: readonly PlaysKey[],
): Promise<PlacedPlays[]> {
  if (keys.length === 0) return [];
  const { table, date, hasPlaces } = source;
  const [found] = await pool.query(
    {
      tables: [table],
      text: `select string_agg(k.n::text, ' ') as numbers, string_agg(hit.place, ' ') as places
        from ${keyTable("k")}
        cross join lateral (
          select ${hasPlaces ? "p.ctid::text" : "null"} as place from ${table} p
          where p.${teams.home} = k.home and p.${teams.away} = k.away
            and ${withinDates(`p.${date.name}`, date.kind, "k.day", "k.next_day")}
          limit 1) as hit`,
      values: keyValues(keys),
    },
    foundRow,
  );
  const places = listed(found?.places);
  return listed(found?.numbers).flatMap((number, at) => {
    const key = keys[Number(number) - 1];
    return key ? [{ date: key.date, home: key.home, away: key.away, place: places[at] ?? null }] : [];
  });
}

/**
 * Those of `placed` whose row still stands in its place: the proof that the game has plays now costs one row
 * each, whatever the table's size. A row that was written again has moved; its game is not among the answers.
 * @throws WarehouseError
 */
export async function findInPlace(
  pool: WarehousePool,
  source: SourceShape,
  teams: TeamColumns,
  placed: readonly PlacedPlays[],
): Promise<PlacedPlays[]> {
  const { table, date, hasPlaces } = source;
  const known = placed.filter(({ place }) => place !== null);
  // What was a table may be a view by now.
  if (!hasPlaces || known.length === 0) return [];
  const [found] = await pool.query(
    {
      tables: [table],
      text: `select string_agg(k.n::text, ' ') as numbers, null as places
        from ${keyTable("k", "place")}
        cross join lateral (
          select from ${table} p
          where p.ctid = k.place::tid and p.${teams.home} = k.home and p.${teams.away} = k.away
            and ${withinDates(`p.${date.name}`, date.kind, "k.day", "k.next_day")}
          limit 1) as hit`,
      values: [...keyValues(known), known.map(({ place }) => place).join(SEPARATOR)],
    },
    foundRow,
  );
  return listed(found?.numbers).flatMap((number) => known[Number(number) - 1] ?? []);
}

/** No team and no date holds it. */
const SEPARATOR = "\u001f";

/** SQL for `keyValues` as a table of (home, away, day, next_day, and `further`) with the number n of each key. */
export function keyTable(alias: string, ...further: string[]): string {
  const columns = ["home", "away", "day", "next_day", ...further];
  const lists = columns.map((_column, at) => `string_to_array($${at + 1}::text, E'\\x1f')`);
  return `unnest(${lists.join(", ")}) with ordinality as ${alias}(${columns.join(", ")}, n)`;
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

/** By what a game is known among others. */
export function keyText({ date, away, home }: PlaysKey): string {
  return `${date} ${away}@${home}`;
}

/** Those of `keys` that are not among `found`. */
export function keysWithout<Key extends PlaysKey>(
  keys: readonly Key[],
  found: readonly PlaysKey[],
): readonly Key[] {
  if (found.length === 0) return keys;
  const texts = new Set(found.map(keyText));
  return keys.filter((key) => !texts.has(keyText(key)));
}

function listed(list: string | null | undefined): string[] {
  return list?.split(" ") ?? [];
}
