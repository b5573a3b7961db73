import { z } from "zod";
import type { GameDate } from "@/lib/game-date";
import { dayText, readDate, withinDates } from "./date-column";
import { createRefreshLog, type RefreshLog } from "./game-standing";
import type { WarehouseMoment } from "./measured-game";
import { momentOf } from "./moment-column";
import { readColumns } from "./read-columns";
import type { TeamDirectory } from "./team-directory";
import type { WarehousePool } from "./warehouse-pool";
import type { SourceShape } from "./warehouse-shape";

/** `[from, to)` */
export type DateRange = { from: GameDate; to: GameDate };

/** The whole schedule in outline. */
export type ScheduleOutline = {
  dates: GameDate[];
  /** The newest `modified_at` of any row. */
  refreshedAt: WarehouseMoment | null;
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
  dates: z.string().nullable(),
  unreadable: z.number().nullable(),
  refreshedAt: z.number().nullable(),
});

/**
 * Reads the schedule's dates: one pass over about 1,300 rows a season, answered as one list, because thousands of
 * rows would take longer to travel than to read.
 * @throws WarehouseError
 */
export async function readScheduleOutline(
  pool: WarehousePool,
  schedule: SourceShape,
): Promise<ScheduleOutline> {
  const { table, date, columns } = schedule;
  const newest = columns.has("modified_at") ? "max(modified_at)" : "null::timestamp";
  const [outline] = await pool.query(
    {
      tables: [table],
      text: `select string_agg(day, ' ') filter (where is_date) as dates,
          (sum(rows) filter (where is_date is not true))::int as unreadable,
          ${momentOf("max(newest)")} as "refreshedAt"
        from (
          select day, rows, newest, day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' as is_date
          from (select ${dayText(date.name, date.kind)} as day, count(*) as rows, ${newest} as newest
            from ${table} group by ${date.name}) as grouped) as checked`,
    },
    outlineRow,
  );
  const listed = [...new Set(outline?.dates?.split(" "))];
  const dates = listed.filter((day) => readDate(day) !== null);
  return {
    dates,
    refreshedAt: outline?.refreshedAt ?? null,
    unreadable: (outline?.unreadable ?? 0) + listed.length - dates.length,
  };
}

const refreshRow = z.object({ at: z.number() });

/** Reads when the schedule was refreshed, the newest time of each UTC day. @throws WarehouseError */
export async function readRefreshes(pool: WarehousePool, schedule: SourceShape): Promise<RefreshLog> {
  if (!schedule.columns.has("modified_at")) return createRefreshLog([]);
  const refreshes = await pool.query(
    {
      tables: [schedule.table],
      text: `select ${momentOf("max(modified_at)")} as at from ${schedule.table}
        where modified_at is not null group by modified_at::date`,
    },
    refreshRow,
  );
  return createRefreshLog(refreshes.map(({ at }) => at));
}

/** The games of a range, and the names among them whose acronym nobody knows. */
export type ScheduledGames = { games: ScheduledGame[]; unknownTeams: string[] };

export const NO_SCHEDULED_GAMES: ScheduledGames = { games: [], unknownTeams: [] };

/** Reads the games that are scheduled in `range`, one for each pair and date. @throws WarehouseError */
export async function readScheduledGames(
  pool: WarehousePool,
  schedule: SourceShape,
  teams: TeamDirectory,
  range: DateRange,
): Promise<ScheduledGames> {
  const { table, date, columns } = schedule;
  const hasTipOff = columns.has("start_time");
  const { length, texts, numbers } = await readColumns(pool, {
    tables: [table],
    texts: {
      date: dayText(date.name, date.kind),
      away: "away_team",
      home: "home_team",
      tipOff: hasTipOff ? "start_time" : "null",
    },
    numbers: { refreshedAt: columns.has("modified_at") ? momentOf("modified_at") : "null" },
    from: `from ${table}
      where ${withinDates(date.name, date.kind, "$1", "$2")} and away_team is not null and home_team is not null`,
    values: [range.from, range.to],
  });
  const games = new Map<string, ScheduledGame>();
  const unknownTeams = new Set<string>();
  for (let at = 0; at < length; at += 1) {
    const day = readDate(texts.date[at] ?? null);
    if (day === null) continue;
    const names = { away: texts.away[at] ?? "", home: texts.home[at] ?? "" };
    for (const name of Object.values(names)) if (!teams.knows(name)) unknownTeams.add(name);
    const tipOff = texts.tipOff[at]?.trim() ?? "";
    const game: ScheduledGame = {
      date: day,
      away: teams.acronymOf(names.away),
      home: teams.acronymOf(names.home),
      tipOff: tipOff === "" ? null : tipOff,
      mayNotBePlayed: hasTipOff && UNCERTAIN_TIP_OFFS.includes(tipOff),
      refreshedAt: numbers.refreshedAt[at] ?? null,
    };
    const key = `${day} ${game.away}@${game.home}`;
    const known = games.get(key);
    // Without the constraint a game may be there twice; the row that the refresh still touches counts.
    if (!known || (known.refreshedAt ?? 0) <= (game.refreshedAt ?? 0)) games.set(key, game);
  }
  return { games: [...games.values()], unknownTeams: [...unknownTeams] };
}

/** What the source writes for a play-off slot whose game is not certain. */
const UNCERTAIN_TIP_OFFS = ["", "11:00"];
