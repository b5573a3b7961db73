import type { ActiveWaiver } from "./judge-games";
import { type GoldTable, measureGoldTables } from "./measure-gold-tables";
import { measureSeason } from "./measure-season";
import { createShapeCache } from "./shape-cache";
import { judgeSilver, type SilverStanding } from "./silver-lags";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

/** What a build is judged by, at one moment: the current season's silver against bronze, and gold's tables. */
export type DbtMeasurement = SilverStanding & { measuredAt: string; gold: GoldTable[] };

export type DbtToMeasure = {
  pool: WarehousePool;
  listWaivers: () => Promise<readonly ActiveWaiver[]>;
  now: () => Date;
  sleep: (ms: number) => Promise<unknown>;
  /** How long to try again while tables are being written. */
  deadlineMs: number;
};

const RETRY_MS = 250;

/**
 * Measures the warehouse for a build's receipt. While another writer holds the tables it tries again until the
 * deadline.
 * @throws WarehouseError (an AppError `warehouse-unavailable`) when there is no answer by then
 */
export async function measureDbt(options: DbtToMeasure): Promise<DbtMeasurement> {
  const { now, sleep, deadlineMs } = options;
  const giveUpAt = now().getTime() + deadlineMs;
  for (;;) {
    try {
      return await measureOnce(options);
    } catch (error) {
      const isLocked = error instanceof WarehouseError && error.reason === "being-written";
      if (!isLocked || now().getTime() + RETRY_MS > giveUpAt) throw error;
      await sleep(RETRY_MS);
    }
  }
}

async function measureOnce({ pool, listWaivers, now }: DbtToMeasure): Promise<DbtMeasurement> {
  // A view of its own: a build makes tables anew, and their columns with them.
  const shapes = createShapeCache(pool, now);
  const [{ measurement }, waivers, gold] = await Promise.all([
    shapes.withView((view) =>
      measureSeason({ pool, view, now: now(), id: null, sweptPlays: [], lastScope: null }),
    ),
    listWaivers(),
    measureGoldTables(pool, () => now().getTime()),
  ]);
  return { measuredAt: measurement.measuredAt.toISOString(), ...judgeSilver(measurement, waivers), gold };
}
