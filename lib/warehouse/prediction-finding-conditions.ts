import type { Finding } from "@/lib/contracts/predictions";
import { SUM_ROUNDING, SUM_TOLERANCE } from "@/lib/predictions/judge-prediction";
import { type DateColumn, type DateKind, dayText } from "./date-column";
import { comparableChances, dayOfRow, looksLikeDate, type StatementValues } from "./prediction-relation";
import type { PredictionTable } from "./prediction-tables";
import type { TeamDirectory } from "./team-directory";
import type { WarehouseShape } from "./warehouse-shape";

/** Findings that are rows of the predictions; `unpredicted` is about games that have none. */
export type RowFinding = Exclude<Finding, "unpredicted">;

export type FindingSurroundings = {
  table: PredictionTable;
  sources: WarehouseShape["sources"];
  teams: TeamDirectory;
  /** Texts that look like a date and are none, `2025-02-30`; they are known after reading only. */
  impossibleDays: readonly string[];
};

/**
 * SQL that keeps the rows of a finding.
 * @returns the reason in place of SQL when it cannot be told without the schedule
 */
export function findingCondition(
  finding: RowFinding,
  given: FindingSurroundings,
  values: StatementValues,
): { sql: string } | { unchecked: string } {
  const { schedule } = given.sources;
  const { homeWin, awayWin } = comparableChances(given.table);
  const bothInRange = `coalesce((${homeWin}) between 0 and 1 and (${awayWin}) between 0 and 1, false)`;
  switch (finding) {
    case "out-of-range":
      return { sql: `not ${bothInRange}` };
    case "not-summing":
      return {
        sql: `(${bothInRange} and abs((${homeWin}) + (${awayWin}) - 1) > ${SUM_TOLERANCE + SUM_ROUNDING})`,
      };
    case "duplicate":
      return { sql: duplicateCondition(given.table) };
    case "unreadable-date":
      return { sql: unreadableCondition(given.table.date.kind, given.impossibleDays, values) };
    case "without-game":
      return schedule
        ? { sql: withoutGameCondition(given, schedule.date, schedule.table, values) }
        : { unchecked: NEEDS_SCHEDULE };
    case "after-tip-off":
      if (!schedule) return { unchecked: NEEDS_SCHEDULE };
      if (!schedule.columns.has("start_time"))
        return { unchecked: `${schedule.table} has no tip-off times (start_time).` };
      if (!given.table.hasInsertTimes)
        return { unchecked: `${given.table.table} does not say when a row was written (created_at).` };
      return { sql: afterTipOffCondition(given, schedule.date, schedule.table) };
  }
}

const NEEDS_SCHEDULE = "bronze.bbref_league_schedule cannot be read.";

/** The program's own key is (home_team, game_date): a team is at home once a day. */
function duplicateCondition({ table, date }: PredictionTable): string {
  return `(p.home, p.raw) in (select home_team::text, ${date.name} from ${table} group by 1, 2 having count(*) > 1)`;
}

function unreadableCondition(kind: DateKind, impossible: readonly string[], values: StatementValues): string {
  if (kind !== "text")
    return `(p.raw is null or p.raw < '0001-01-01'::${kind} or p.raw >= '10000-01-01'::${kind})`;
  const listed = impossible.length > 0 ? ` or left(p.raw, 10) = any(${values.add(impossible)}::text[])` : "";
  return `(p.raw is null or not ${looksLikeDate(kind)}${listed})`;
}

/**
 * Within the dates that the schedule knows at all: neither a row of the schedule nor box scores. A trimmed schedule
 * names no game of earlier dates, and a game that has box scores was played.
 */
function withoutGameCondition(
  { table, sources, teams }: FindingSurroundings,
  scheduleDate: DateColumn,
  scheduleTable: string,
  values: StatementValues,
): string {
  const { kind } = table.date;
  const sameDay = sameDate(table.date.kind, { name: `s.${scheduleDate.name}`, kind: scheduleDate.kind });
  const areTyped = kind !== "text" && scheduleDate.kind !== "text";
  const scheduled = `s.${scheduleDate.name}`;
  const dayOfSchedule = areTyped ? `${scheduled}::date` : dayText(scheduled, scheduleDate.kind);
  const bound = (which: string) => `(select ${which}(${dayOfSchedule}) from ${scheduleTable} s)`;
  const conditions = [
    looksLikeDate(kind),
    `${areTyped ? "p.raw::date" : dayOfRow(kind)} between ${bound("min")} and ${bound("max")}`,
    `not exists (select from ${scheduleTable} s
      where s.home_team::text = p.home and s.away_team::text = p.away and ${sameDay})`,
  ];
  const { boxscores } = sources;
  if (boxscores) {
    const known = teams.acronyms().map((acronym) => teams.teamOf(acronym));
    const names = values.add(known.map(({ name }) => name));
    const acronyms = values.add(known.map(({ acronym }) => acronym));
    const day = sameDate(kind, { name: `b.${boxscores.date.name}`, kind: boxscores.date.kind });
    conditions.push(`not exists (select from unnest(${names}::text[], ${acronyms}::text[]) as t (name, acronym)
      join ${boxscores.table} b on b.team::text = t.acronym where t.name = p.home and ${day})`);
  }
  return `(${conditions.join(" and ")})`;
}

function afterTipOffCondition(
  { table }: FindingSurroundings,
  scheduleDate: DateColumn,
  scheduleTable: string,
): string {
  const day = { name: `s.${scheduleDate.name}`, kind: scheduleDate.kind };
  return `(p.written_at is not null and exists (select from ${scheduleTable} s
    where s.home_team::text = p.home and s.away_team::text = p.away and ${sameDate(table.date.kind, day)}
      and ${tipOffSql(day)} < p.written_at))`;
}

/** SQL for "p's date is that of another column"; text is compared only where one of the two is text. */
function sameDate(kind: DateKind, other: DateColumn): string {
  if (kind === "text" || other.kind === "text")
    return `${dayOfRow(kind)} = ${dayText(other.name, other.kind)}`;
  return kind === other.kind ? `p.raw = ${other.name}` : `p.raw::date = ${other.name}::date`;
}

/**
 * SQL for a game's tip-off, null where the schedule names none: what lib/predictions/tip-off.ts tells of one game.
 * In UTC without a time zone, which compares with either type of timestamp, the session's zone being UTC. A text is
 * taken apart, never cast: a date that is none must not fail the statement.
 */
function tipOffSql({ name, kind }: DateColumn): string {
  const written = "trim(s.start_time::text)";
  const midnight =
    kind === "text"
      ? `case when ${name} ~ '^[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]' and ${name} !~ '^0000' then
          make_date(left(${name}, 4)::int, substr(${name}, 6, 2)::int, 1) + substr(${name}, 9, 2)::int - 1 end`
      : `${name}::date`;
  return `case when ${written} ~* '^(0?[1-9]|1[0-2]):[0-5][0-9] *[ap]m?$' then
    ((${midnight})::timestamp + make_interval(
      hours => split_part(${written}, ':', 1)::int % 12 + case when ${written} ilike '%p%' then 12 else 0 end,
      mins => left(split_part(${written}, ':', 2), 2)::int)) at time zone 'America/New_York' at time zone 'UTC' end`;
}
