import type { ClientBase } from "pg";

const ROWS_A_STATEMENT = 5_000;

/**
 * Inserts rows as one JSON parameter a statement, which PostgreSQL unpacks by the table's own column types.
 * A column that no row names stays null. `table` is trusted SQL.
 */
export async function insertRows<Row extends object>(
  client: ClientBase,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    await client.query(
      `insert into ${table} select unpacked.* from json_populate_recordset(null::${table}, $1) as unpacked`,
      [JSON.stringify(rows.slice(from, from + ROWS_A_STATEMENT))],
    );
  }
}
