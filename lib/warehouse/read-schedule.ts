import { z } from "zod";
import type { GameDate } from "@/lib/game-date";
import { dayText, readDate, withinDates, withReadableDates } from "./date-column";
import { createRefreshLog, type RefreshLog } from "./game-standing";
import type { WarehouseMoment } from "./measured-game";
import { momentOf } from "./moment-column";
import type { TeamDirectory } from "./team-directory";
import type { WarehousePool } from "./warehouse-pool";
import type { SourceShape } from "./warehouse-shape";

/** `[from, to)` */
export type DateRange = { from: GameDate; to: GameDate };

/** The whole schedule in outline. */
export type ScheduleOutline = {
  dates: GameDate[];
  refreshes: RefreshLog;
  /** Rows whose date cannot be read. */
  unreadable: number;
};

export type ScheduledGame = {
  date: GameDate;
  away: string;
  home: string;
  tipOff: string | null;
  mayNotBePlayed: boolean;
  refreshedAt: WarehouseMoment | null;
};

const outlineRow = z.object({
  is_refresh: z.boolean(),
  day: z.string().nullable(),
  at: z.number().nullable(),
  rows: z.number(),
});

/** Reads the schedule's dates and refreshes: one pass over about 1,300 rows a season. @throws WarehouseError */
export async function readScheduleOutline(
  pool: WarehousePool,
  schedule: SourceShape,
): Promise<ScheduleOutline> {
  const { table, date, columns } = schedule;
  const byRefresh = columns.has("modified_at")
    ? `union all select true, to_char(modified_at::date, 'YYYY-MM-DD'), ${momentOf("max(modified_at)")}, count(*)::int
       from ${table} where modified_at is not null group by modified_at::date`
    : "";
  const rows = await pool.query(
    {
      tables: [table],
      text: `select false as is_refresh, ${dayText(date.name, date.kind)} as day, null::float8 as at,
          count(*)::int as rows
        from ${table} group by ${date.name} ${byRefresh}`,
    },
    outlineRow,
  );
  const dated = rows.filter((row) => !row.is_refresh);
  const dates = dated.flatMap(({ day }) => readDate(day) ?? []);
  const unreadable = dated.filter(({ day }) => readDate(day) === null);
  const refreshes = rows.flatMap(({ is_refresh, day, at }) =>
    is_refresh && day !== null && at !== null ? [{ day, at }] : [],
  );
  return {
    dates: [...new Set(dates)],
    refreshes: createRefreshLog(refreshes),
    unreadable: unreadable.reduce((sum, { rows: count }) => sum + count, 0),
  };
}

const refreshRow = z.object({ day: z.string(), at: z.number() });

/** Reads the schedule's refreshes alone. @throws WarehouseError */
export async function readRefreshes(pool: WarehousePool, schedule: SourceShape): Promise<RefreshLog> {
  if (!schedule.columns.has("modified_at")) return createRefreshLog([]);
  const refreshes = await pool.query(
    {
      tables: [schedule.table],
      text: `select to_char(modified_at::date, 'YYYY-MM-DD') as day, ${momentOf("max(modified_at)")} as at
        from ${schedule.table} where modified_at is not null group by modified_at::date`,
    },
    refreshRow,
  );
  return createRefreshLog(refreshes);
}

const scheduledRow = z.object({
  date: z.string(),
  away_team: z.string(),
  home_team: z.string(),
  start_time: z.string().nullable(),
  refreshed_at: z.number().nullable(),
});

/** Reads the games that are scheduled in `range`, one for each pair and date. @throws WarehouseError */
export async function readScheduledGames(
  pool: WarehousePool,
  schedule: SourceShape,
  teams: TeamDirectory,
  range: DateRange,
): Promise<ScheduledGame[]> {
  const { table, date, columns } = schedule;
  const hasTipOff = columns.has("start_time");
  const rows = await pool.query(
    {
      tables: [table],
      text: `select ${dayText(date.name, date.kind)} as date, away_team::text, home_team::text,
          ${hasTipOff ? "start_time::text" : "null::text as start_time"},
          ${columns.has("modified_at") ? momentOf("modified_at") : "null::float8"} as refreshed_at
        from ${table}
        where ${withinDates(date.name, date.kind, "$1", "$2")} and away_team is not null and home_team is not null`,
      values: [range.from, range.to],
    },
    scheduledRow,
  );
  const games = new Map<string, ScheduledGame>();
  for (const row of withReadableDates(rows)) {
    const game = scheduledGame(row, hasTipOff, teams);
    const key = `${game.date} ${game.away}@${game.home}`;
    const known = games.get(key);
    // Without the constraint a game may be there twice; the row that the refresh still touches counts.
    if (!known || (known.refreshedAt ?? 0) <= (game.refreshedAt ?? 0)) games.set(key, game);
  }
  return [...games.values()];
}

/** What the source writes for a play-off slot whose game is not certain. */
const UNCERTAIN_TIP_OFFS = ["", "11:00"];

function scheduledGame(
  row: z.infer<typeof scheduledRow>,
  hasTipOff: boolean,
  teams: TeamDirectory,
): ScheduledGame {
  const tipOff = row.start_time?.trim() ?? "";
  return {
    date: row.date,
    away: teams.acronymOf(row.away_team),
    home: teams.acronymOf(row.home_team),
    tipOff: tipOff === "" ? null : tipOff,
    mayNotBePlayed: hasTipOff && UNCERTAIN_TIP_OFFS.includes(tipOff),
    refreshedAt: row.refreshed_at,
  };
}
