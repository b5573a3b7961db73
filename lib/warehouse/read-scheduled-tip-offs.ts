import { z } from "zod";
import type { GameDate } from "@/lib/game-date";
import { dayText, withinDates, withReadableDates } from "./date-column";
import type { DateRange } from "./read-schedule";
import type { WarehousePool } from "./warehouse-pool";
import type { SourceShape } from "./warehouse-shape";

export type ScheduledTipOff = { date: GameDate; away: string; home: string; tipOff: string | null };

const tipOffRow = z.object({
  date: z.string(),
  away: z.string(),
  home: z.string(),
  tipOff: z.string().nullable(),
});

/** Reads the schedule's games of some dates within `range`, by the teams' full names. @throws WarehouseError */
export async function readScheduledTipOffs(
  pool: WarehousePool,
  { table, date, columns }: SourceShape,
  range: DateRange,
  dates: readonly GameDate[],
): Promise<ScheduledTipOff[]> {
  const day = dayText(date.name, date.kind);
  const rows = await pool.query(
    {
      tables: [table],
      text: `select ${day} as date, away_team::text as away, home_team::text as home,
          ${columns.has("start_time") ? "nullif(trim(start_time::text), '')" : "null::text"} as "tipOff"
        from ${table}
        where ${withinDates(date.name, date.kind, "$1", "$2")} and ${day} = any($3)
          and away_team is not null and home_team is not null`,
      values: [range.from, range.to, dates],
    },
    tipOffRow,
  );
  return withReadableDates(rows);
}
