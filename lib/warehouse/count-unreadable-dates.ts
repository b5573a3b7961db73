import { z } from "zod";
import { unreadableDate } from "./date-column";
import type { WarehousePool } from "./warehouse-pool";
import type { WarehouseShape } from "./warehouse-shape";

/** Counts, for each table with dates as text, the values that are none. @throws WarehouseError */
export async function countUnreadableDates(
  pool: WarehousePool,
  { sources }: WarehouseShape,
): Promise<{ table: string; rows: number }[]> {
  const counted: { table: string; rows: number }[] = [];
  for (const source of [sources.boxscores, sources.pbp, sources.silverBoxscores, sources.silverPbp]) {
    const condition = source && unreadableDate(source.date);
    if (!condition) continue;
    const [found] = await pool.query(
      {
        tables: [source.table],
        text: `select count(*)::int as rows from ${source.table} where ${condition}`,
      },
      z.object({ rows: z.number() }),
    );
    if (found && found.rows > 0) counted.push({ table: source.table, rows: found.rows });
  }
  return counted;
}
