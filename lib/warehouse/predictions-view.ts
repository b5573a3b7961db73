import { type PredictionTables, readPredictionTables } from "./prediction-tables";
import { createViewCache, lookAtWarehouse, type ViewCache, type WarehouseView } from "./shape-cache";
import type { WarehousePool } from "./warehouse-pool";

/** What has to be known of the warehouse before its predictions can be read. */
export type PredictionsView = WarehouseView & { tables: PredictionTables };

/** Keeps it for a minute. `now` is the clock. */
export function createPredictionsViewCache(pool: WarehousePool, now: () => Date): ViewCache<PredictionsView> {
  return createViewCache(async () => {
    const [view, tables] = await Promise.all([lookAtWarehouse(pool), readPredictionTables(pool)]);
    return { ...view, tables };
  }, now);
}
