import type { JobSettings } from "@/jobs/define-job";
import type { Db } from "@/lib/db";
import type { UtcWindow } from "@/lib/env";
import type { GameDate } from "@/lib/game-date";
import { isWorkerAlive } from "@/lib/runs/queue-surroundings";
import type { CoverageReader } from "@/lib/warehouse/coverage-reader";
import { getFeatureFlags } from "@/lib/warehouse/get-feature-flags";
import type { WarehousePool } from "@/lib/warehouse/warehouse-pool";
import { prepareBackfillOrder } from "./backfill-order";
import { gatherBackfillFacts } from "./gather-backfill-facts";
import type { OrderPreparations } from "./prepared-order";

/** Where the facts of an order come from. */
export type FactSources = {
  now(): Date;
  dailyRun: UtcWindow | null;
  firstSeasonStart: GameDate;
  coverage: Pick<CoverageReader, "date">;
  db: Db;
  warehouse: WarehousePool;
};

/** How each kind's orders are prepared: its facts are gathered, then its pure preparation decides. */
export function createOrderPreparations(settings: JobSettings, sources: FactSources): OrderPreparations {
  const { now, dailyRun, firstSeasonStart, coverage, db, warehouse } = sources;
  return {
    backfill: async (order) => {
      const facts = await gatherBackfillFacts(order, {
        now: now(),
        dailyRun,
        firstSeasonStart,
        coverage,
        readFlags: () => getFeatureFlags(warehouse),
        isWorkerAlive: () => isWorkerAlive(db),
      });
      return prepareBackfillOrder(order, settings, facts);
    },
  };
}
