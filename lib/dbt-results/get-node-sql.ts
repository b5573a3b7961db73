import type { DbtNodeSql } from "@/lib/contracts/run-kinds/dbt";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";

/**
 * What dbt made of a node that failed in a run, as it was sent to the warehouse.
 * @throws AppError `not-found` for a node that was not in the run, or whose SQL was not kept
 */
export async function getNodeSql(db: Db, runId: string, uniqueId: string): Promise<DbtNodeSql> {
  // PostgreSQL knows no text with NUL in it.
  const found = uniqueId.includes("\u0000")
    ? null
    : await db.dbtNodeResult.findUnique({
        where: { runId_uniqueId: { runId, uniqueId } },
        select: { name: true, compiledSql: true },
      });
  if (!found) throw new AppError("not-found", "This run has no node with this id.");
  if (found.compiledSql === null)
    throw new AppError("not-found", `The SQL of ${found.name} was not kept: only that of what failed is.`);
  return { uniqueId, name: found.name, sql: found.compiledSql };
}
