import type { DbtNodeResult } from "@/lib/contracts/run-kinds/dbt";
import type { Db } from "@/lib/db";

/** How a node of a build stands, as it is stored. Texts have their secrets masked already. */
export type NodeResult = Omit<DbtNodeResult, "hasSql" | "usualSeconds"> & {
  /** Its place in the order in which dbt started the nodes. */
  position: number;
  /** Kept of what failed. */
  compiledSql: string | null;
};

const MAX_MESSAGE = 4_000;
const MAX_SQL = 200_000;

/** Stores how these nodes of a run stand now; what was stored of them before is replaced. */
export async function storeNodeResults(
  db: Db,
  { runId, fullRefresh }: { runId: string; fullRefresh: boolean },
  results: readonly NodeResult[],
): Promise<void> {
  if (results.length === 0) return;
  const rows = results.map((result) => ({
    ...result,
    message: storable(result.message, MAX_MESSAGE),
    compiledSql: storable(result.compiledSql, MAX_SQL),
  }));
  await db.$executeRaw`
    insert into backcourt.dbt_node_result (run_id, unique_id, position, name, type, status, started_at, seconds,
      rows, message, compiled_sql, full_refresh)
    select ${runId}::uuid, "uniqueId", position, name, type, status, "startedAt", seconds, rows, message,
      "compiledSql", ${fullRefresh}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as result(
      "uniqueId" text, position int, name text, type text, status text, "startedAt" timestamptz, seconds float8,
      rows bigint, message text, "compiledSql" text)
    on conflict (run_id, unique_id) do update set
      position = excluded.position, status = excluded.status, started_at = excluded.started_at,
      seconds = excluded.seconds, rows = excluded.rows, message = excluded.message,
      compiled_sql = excluded.compiled_sql`;
}

/** PostgreSQL refuses NUL in texts, and halves of surrogate pairs. */
function storable(text: string | null, longest: number): string | null {
  return text === null ? null : text.slice(0, longest).replaceAll("\u0000", "\ufffd").toWellFormed();
}
