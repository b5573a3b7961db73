import { z } from "zod";
import { AppError } from "@/lib/errors";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

const TABLE = "gold.feature_flags";

const flagRow = z.object({ flag: z.string(), is_enabled: z.string().nullable() });

/** How the ingestion and other hands write "on". */
const ENABLED = new Set(["1", "1.0", "t", "true"]);

/**
 * Reads the pipeline's feature flags: name to on or off. A flag that is not in the map does not exist, and the
 * ingestion raises over it.
 * @throws AppError `warehouse-unavailable`, also when the table does not exist, which it then names
 */
export async function getFeatureFlags(pool: WarehousePool): Promise<ReadonlyMap<string, boolean>> {
  try {
    const flags = await pool.query(
      { tables: [TABLE], text: `select flag::text, is_enabled::text from ${TABLE} where flag is not null` },
      flagRow,
    );
    return new Map(flags.map(({ flag, is_enabled }) => [flag, ENABLED.has(is_enabled?.toLowerCase() ?? "")]));
  } catch (error) {
    if (!(error instanceof WarehouseError && error.isUnknownObject)) throw error;
    const message = `${TABLE} does not exist, or lacks the columns flag and is_enabled: flags cannot be told.`;
    throw new AppError("warehouse-unavailable", message, { cause: error });
  }
}
