import type { ForeignBuild } from "@/lib/contracts/dbt";
import { isAppError } from "@/lib/errors";
import type { WarehousePool } from "@/lib/warehouse/warehouse-pool";
import { findForeignBuild } from "./find-foreign-builds";

/** Lists of runs are read by every open page; a build takes minutes. */
const KEPT_MS = 2_000;

/**
 * Gives a look at whether somebody else's dbt build is on; what it sees is kept for two seconds and shared. A
 * warehouse that does not answer counts as none: it then holds up nothing.
 */
export function createForeignBuildLook(
  warehouse: Pick<WarehousePool, "query">,
  now: () => Date,
): () => Promise<ForeignBuild | null> {
  let last: { at: number; seen: Promise<ForeignBuild | null> } | null = null;
  return () => {
    const at = now().getTime();
    if (last === null || at - last.at >= KEPT_MS || at < last.at)
      last = { at, seen: findForeignBuild(warehouse).catch(noneWhenUnanswered) };
    return last.seen;
  };
}

function noneWhenUnanswered(error: unknown): null {
  if (isAppError(error) && error.code === "warehouse-unavailable") return null;
  throw error;
}
