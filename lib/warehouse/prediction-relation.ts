import { addDays, type GameDate } from "@/lib/game-date";
import { type DateKind, dayText } from "./date-column";
import { momentOf } from "./moment-column";
import type { NumberKind, PredictionTable } from "./prediction-tables";

/** The values of a statement, each by its placeholder. */
export class StatementValues {
  readonly list: unknown[] = [];

  /** `$1`, `$2`, ... for one more value. */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

/** SQL for the predictions under names of the console's own, as `p`, their values as they are stored. */
export function predictionRelation({
  table,
  date,
  numbers,
  hasInsertTimes,
  hasPlaces,
}: PredictionTable): string {
  const stored = (column: string) => (numbers[column] === "none" ? "null::float8" : column);
  return `(select ${date.name} as raw, away_team::text as away, home_team::text as home,
    ${stored("away_team_predicted_win_pct")} as away_win, ${stored("home_team_predicted_win_pct")} as home_win,
    ${stored("away_moneyline")} as away_line, ${stored("home_moneyline")} as home_line,
    ${hasInsertTimes ? "created_at" : "null::timestamp"} as written_at, ${hasPlaces ? "ctid" : "null::tid"} as place
    from ${table}) as p`;
}

/** SQL over `p` for its numbers, double precision, and for when it was inserted, milliseconds since 1970. */
export type PredictionNumbers = Record<"awayWin" | "homeWin" | "awayLine" | "homeLine" | "written", string>;

/** SQL over `p` for its chances as they compare with numbers: as they are stored, which costs least. */
export function comparableChances({ numbers }: PredictionTable): { awayWin: string; homeWin: string } {
  const comparable = (column: string, kind: NumberKind | undefined) =>
    kind === "text" ? numberSql(column, kind) : column;
  return {
    awayWin: comparable("p.away_win", numbers.away_team_predicted_win_pct),
    homeWin: comparable("p.home_win", numbers.home_team_predicted_win_pct),
  };
}

/** Kept apart from the relation: these cost more than a look at the row, and few rows of many need them. */
export function predictionNumbers({ numbers }: PredictionTable): PredictionNumbers {
  return {
    awayWin: numberSql("p.away_win", numbers.away_team_predicted_win_pct),
    homeWin: numberSql("p.home_win", numbers.home_team_predicted_win_pct),
    awayLine: numberSql("p.away_line", numbers.away_moneyline),
    homeLine: numberSql("p.home_line", numbers.home_moneyline),
    written: momentOf("p.written_at"),
  };
}

/** Never fails on a row: what is no number, or is beyond all sense (infinite, NaN), is null. */
function numberSql(column: string, kind: NumberKind | undefined): string {
  switch (kind) {
    case "integer":
      return `${column}::float8`;
    case "real":
      return `case when ${column} between -1e15 and 1e15 then ${column}::float8 end`;
    case "text":
      return `case when ${column} ~ '^[+-]?[0-9]{1,15}([.][0-9]{0,30})?$' then ${column}::float8 end`;
    default:
      return column;
  }
}

/**
 * SQL that is true where a row's date looks like one. Quick rather than strict, for it meets every row of the
 * table when that is sorted: of a text only the shape counts.
 */
export function looksLikeDate(kind: DateKind): string {
  return kind === "text"
    ? "(p.raw like '____-__-__%' and ascii(p.raw) between 48 and 57)"
    : "p.raw is not null";
}

/** SQL by which rows sort by date; null, and so last, for what does not look like one. */
export function daySortKey(kind: DateKind): string {
  return kind === "text" ? `case when ${looksLikeDate(kind)} then left(p.raw, 10) end collate "C"` : "p.raw";
}

/** SQL for a row's game date as text, whatever it holds. */
export function dayOfRow(kind: DateKind): string {
  return dayText("p.raw", kind);
}

/** Game dates, both included; null is open. */
export type DateBounds = { from: GameDate | null; to: GameDate | null };

/** The dates that every type of column can hold. */
const FIRST_DATE = "0001-01-01";
const LAST_DATE = "9999-12-31";

/** SQL conditions that keep rows within bounds, in the column's own type, so that an index serves. */
export function withinBounds(kind: DateKind, { from, to }: DateBounds, values: StatementValues): string[] {
  const placeholder = (date: GameDate) => `${values.add(date < FIRST_DATE ? FIRST_DATE : date)}::${kind}`;
  return [
    ...(from === null ? [] : [`p.raw >= ${placeholder(from)}`]),
    ...(to === null || to >= LAST_DATE ? [] : [`p.raw < ${placeholder(addDays(to, 1))}`]),
  ];
}
