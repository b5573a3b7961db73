import type { GameDate } from "@/lib/game-date";
import { dayText, readDate, withinDates } from "./date-column";
import type { WarehouseMoment } from "./measured-game";
import { momentOf } from "./moment-column";
import { readColumns } from "./read-columns";
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
  const selected = (column: string) => (columns.has(column) ? column : "null");
  const { length, texts, numbers } = await readColumns(pool, {
    tables: [table],
    texts: {
      date: dayText(date.name, date.kind),
      team: "team",
      opponent: selected("opponent"),
      location: selected("location"),
    },
    numbers: {
      rows: "count(*)",
      newestAt: columns.has("modified_at") ? momentOf("max(modified_at)") : "null",
      points: withPoints && columns.has("pts") ? "sum(pts)" : "null",
    },
    from: `from ${table}
      where ${withinDates(date.name, date.kind, "$1", "$2")} and team is not null
      group by ${[date.name, "team", ...grouped].join(", ")}`,
    values: [range.from, range.to],
    preferIndex: hasIndexWith(boxscores, date.name),
  });
  const found: TeamBoxscores[] = [];
  for (let at = 0; at < length; at += 1) {
    const day = readDate(texts.date[at] ?? null);
    if (day === null) continue;
    found.push({
      date: day,
      team: texts.team[at] ?? "",
      opponent: texts.opponent[at] || null,
      location: texts.location[at] || null,
      rows: numbers.rows[at] ?? 0,
      newestAt: numbers.newestAt[at] ?? null,
      points: numbers.points[at] ?? null,
    });
  }
  return found;
}
