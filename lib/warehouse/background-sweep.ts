import type { WarehouseNotice } from "@/lib/contracts/coverage";
import type { Logger } from "@/lib/logger";
import { countUnreadableDates } from "./count-unreadable-dates";
import type { PlaysKey } from "./placed-plays";
import { sweepPlays } from "./sweep-plays";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";
import type { WarehouseShape } from "./warehouse-shape";

/** What it finds is rare and no emergency; between two sweeps each request costs nothing for it. */
const SWEEP_EVERY_MS = 5 * 60_000;

export type BackgroundSweep = {
  /** Games that had plays at the last sweep, scheduled or not. */
  plays(): readonly PlaysKey[];
  /** Notices of text that is no date. */
  notices(): readonly WarehouseNotice[];
  /** Begins a sweep when the last one is some minutes old; does not wait for it. */
  refresh(shape: WarehouseShape): void;
  idle(): Promise<void>;
};

type SweepOptions = { pool: WarehousePool; now: () => Date; logger?: Pick<Logger, "warn"> };

/** Looks now and then for what the schedule cannot lead to: it would take a pass over whole tables each time. */
export function createBackgroundSweep({ pool, now, logger }: SweepOptions): BackgroundSweep {
  let plays: readonly PlaysKey[] = [];
  let notices: readonly WarehouseNotice[] = [];
  let nextAt = 0;
  let underWay: Promise<void> | null = null;

  async function sweep(shape: WarehouseShape): Promise<void> {
    // One after the other: it must not take connections from those who wait.
    if (shape.sources.pbp) plays = await sweepPlays(pool, shape.sources.pbp);
    notices = (await countUnreadableDates(pool, shape)).map(({ table, rows }) => ({
      code: "unreadable-dates",
      message: `${table} holds ${rows} ${rows === 1 ? "row" : "rows"} whose date cannot be read (expected YYYY-MM-DD).`,
    }));
  }

  return {
    plays: () => plays,
    notices: () => notices,
    refresh(shape) {
      if (underWay || now().getTime() < nextAt) return;
      nextAt = now().getTime() + SWEEP_EVERY_MS;
      underWay = sweep(shape)
        .catch((error: unknown) => {
          // What it knew stays; a warehouse that gives no answer is told of by the measurements themselves.
          const reason = error instanceof WarehouseError ? error.message : error;
          logger?.warn({ reason }, "the sweep for unscheduled plays was given up");
        })
        .finally(() => {
          underWay = null;
        });
    },
    idle: async () => {
      await underWay;
    },
  };
}
