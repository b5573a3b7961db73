import { addDays, type GameDate, isGameDate } from "@/lib/game-date";

/** How a warehouse writes game dates; it differs between environments, and from table to table. */
export type DateKind = "date" | "timestamp" | "timestamptz" | "text";

export type DateColumn = {
  /** The column's name, a plain identifier. */
  name: string;
  kind: DateKind;
};

const KIND_OF_TYPE: Record<string, DateKind> = {
  date: "date",
  "timestamp without time zone": "timestamp",
  "timestamp with time zone": "timestamptz",
  text: "text",
  "character varying": "text",
  character: "text",
};

/** The kind of a column of PostgreSQL type `type` (as `format_type` spells it), or null if it holds no dates. */
export function dateKindOf(type: string): DateKind | null {
  return KIND_OF_TYPE[type.replace(/\(\d+\)/, "")] ?? null;
}

/**
 * SQL that gives the game date of `expression` as text. Never a cast of text to date: one bad row would fail
 * the whole statement; what is no date is dropped and counted after reading.
 */
export function dayText(expression: string, kind: DateKind): string {
  return kind === "text" ? `left(${expression}, 10)` : `to_char(${expression}, 'YYYY-MM-DD')`;
}

/**
 * SQL for "column lies in [from, to)", both given as SQL of type text holding `YYYY-MM-DD`. The bounds take the
 * column's type, not the other way round, so that an index on the column serves; a text date with a time of
 * day sorts after its bare date and before the next one.
 */
export function withinDates(column: string, kind: DateKind, from: string, to: string): string {
  return `${column} >= ${from}::${kind} and ${column} < ${to}::${kind}`;
}

/** SQL condition for a text column's values that are no dates; null where the type rules that out. */
export function unreadableDate(column: DateColumn): string | null {
  if (column.kind !== "text") return null;
  return `(${column.name} is null or ${column.name} !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[ T])')`;
}

const DATES_REMEMBERED = 20_000;
const remembered = new Map<string, GameDate | null>();

/**
 * The game date that a text is, or null. The same few thousand dates come back with every answer: each is
 * checked once, and all its rows share one string.
 */
export function readDate(text: string | null): GameDate | null {
  if (text === null) return null;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= DATES_REMEMBERED) remembered.clear();
  const date = isGameDate(text) ? text : null;
  remembered.set(text, date);
  return date;
}

const nextDays = new Map<GameDate, GameDate>();

/** The day after, worked out once for each date. */
export function nextDay(date: GameDate): GameDate {
  const known = nextDays.get(date);
  if (known !== undefined) return known;
  if (nextDays.size >= DATES_REMEMBERED) nextDays.clear();
  const next = addDays(date, 1);
  nextDays.set(date, next);
  return next;
}

/** The rows whose `date` is a game date. */
export function withReadableDates<Row extends { date: string | null }>(
  rows: readonly Row[],
): (Row & { date: GameDate })[] {
  return rows.flatMap((row) => {
    const date = readDate(row.date);
    return date === null ? [] : [Object.assign(row, { date })];
  });
}
