import { z } from "zod";
import type { GameDate } from "@/lib/game-date";
import { dayText, withinDates, withReadableDates } from "./date-column";
import type { WarehouseMoment } from "./measured-game";
import { momentOf } from "./moment-column";
import type { DateRange } from "./read-schedule";
import type { WarehousePool } from "./warehouse-pool";
import { hasIndexWith, type SourceShape } from "./warehouse-shape";

/** The box scores of one team on one date. */
export type TeamBoxscores = {
  date: GameDate;
  team: string;
  /** Null where the table does not say. */
  opponent: string | null;
  location: string | null;
  rows: number;
  newestAt: WarehouseMoment | null;
  points: number | null;
};

const teamRow = z.object({
  date: z.string(),
  team: z.string(),
  opponent: z.string().nullable(),
  location: z.string().nullable(),
  rows: z.number(),
  newestAt: z.number().nullable(),
  points: z.number().nullable(),
});

/**
 * Reads bronze's box scores of `range`, one entry for each team and date: by the optional index on (date, team),
 * else by a pass over the constraint's index on (player, date), which is a sixth of the table, else over all.
 * @param withPoints also adds up the points: only a single date's view shows them
 * @throws WarehouseError
 */
export async function readBoxscores(
  pool: WarehousePool,
  boxscores: SourceShape,
  range: DateRange,
  withPoints: boolean,
): Promise<TeamBoxscores[]> {
  const { table, date, columns } = boxscores;
  const grouped = ["opponent", "location"].filter((column) => columns.has(column));
  const selected = (column: string) => (columns.has(column) ? `${column}::text` : `null::text as ${column}`);
  const points = withPoints && columns.has("pts") ? "sum(pts)::float8" : "null::float8";
  const rows = await pool.query(
    {
      tables: [table],
      text: `select ${dayText(date.name, date.kind)} as date, team::text, ${selected("opponent")},
          ${selected("location")}, count(*)::int as rows,
          ${columns.has("modified_at") ? momentOf("max(modified_at)") : "null::float8"} as "newestAt",
          ${points} as points
        from ${table}
        where ${withinDates(date.name, date.kind, "$1", "$2")} and team is not null
        group by ${[date.name, "team", ...grouped].join(", ")}`,
      values: [range.from, range.to],
      preferIndex: hasIndexWith(boxscores, date.name),
    },
    teamRow,
  );
  return withReadableDates(rows);
}
