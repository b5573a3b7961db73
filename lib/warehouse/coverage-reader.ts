import type { DateCoverage, SeasonCoverage, StaleCoverage } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import type { Logger } from "@/lib/logger";
import { createBackgroundSweep } from "./background-sweep";
import { type Circumstances, composeDate, composeSeason } from "./compose-coverage";
import type { ActiveWaiver } from "./judge-games";
import { createLastKnown } from "./last-known";
import { measureDate } from "./measure-date";
import { measureSeason } from "./measure-season";
import type { SeasonScope } from "./read-season-rows";
import { createShapeCache } from "./shape-cache";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

export type CoverageReaderOptions = {
  pool: WarehousePool;
  now: () => Date;
  /** The waivers in force, read anew for each answer. */
  listWaivers: () => Promise<readonly ActiveWaiver[]>;
  logger?: Pick<Logger, "warn" | "info">;
};

/** Coverage as the warehouse holds it at this moment; the last known one while it gives no answer. */
export type CoverageReader = {
  /**
   * A season, the current one for null.
   * @throws AppError `not-found` for a season without a schedule, `warehouse-unavailable` when the warehouse
   * gives no answer and this process has never had one
   */
  season(id: string | null): Promise<SeasonCoverage>;
  /** One date, game by game. @throws AppError `warehouse-unavailable` as `season` does */
  date(date: GameDate): Promise<DateCoverage>;
  /** Says that rows have just changed: who asks from now on gets a measurement that begins now or later. */
  invalidate(): void;
  /** Resolves when no background work is under way. */
  idle(): Promise<void>;
};

/** Seasons and dates whose last measurement is kept, the latest asked for. */
const KEPT_SEASONS = 12;
const KEPT_DATES = 100;

/**
 * Measures coverage live: nothing is cached but the warehouse's shape. Those who ask for the same thing while
 * it is being measured share that one measurement, so that ten open browsers cost as much as one.
 */
export function createCoverageReader({
  pool,
  now,
  listWaivers,
  logger,
}: CoverageReaderOptions): CoverageReader {
  const shapes = createShapeCache(pool, now);
  const sweep = createBackgroundSweep({ pool, now, logger });
  const outage = createOutage(now, logger);

  const scopes = new Map<string | null, SeasonScope>();
  const seasons = createLastKnown(KEPT_SEASONS, (id: string | null) =>
    shapes.withView(async (view) => {
      const { measurement, scope } = await measureSeason({
        pool,
        view,
        now: now(),
        id,
        sweptPlays: sweep.plays(),
        lastScope: scopes.get(id) ?? null,
      });
      if (scope) scopes.set(id, scope);
      sweep.refresh(view.shape);
      return { ...measurement, notices: [...measurement.notices, ...sweep.notices()] };
    }),
  );
  const dates = createLastKnown(KEPT_DATES, (date: GameDate) =>
    shapes.withView((view) => measureDate({ pool, view, now: now(), date })),
  );

  function noteAndThrow(error: unknown): never {
    if (error instanceof WarehouseError) outage.note(error);
    throw error;
  }

  async function answer<Key, Measurement, Answer>(
    source: ReturnType<typeof createLastKnown<Key, Measurement>>,
    key: Key,
    compose: (measurement: Measurement, given: Circumstances) => Answer,
  ): Promise<Answer> {
    const [read, waivers] = await Promise.all([source.read(key).catch(noteAndThrow), listWaivers()]);
    const stale = outage.note(read.failure);
    return compose(read.value, { now: now(), waivers, stale });
  }

  return {
    season: (id) => answer(seasons, id, composeSeason),
    date: (date) => answer(dates, date, composeDate),
    invalidate() {
      seasons.forgetUnderWay();
      dates.forgetUnderWay();
    },
    idle: sweep.idle,
  };
}

type Outage = { note(failure: WarehouseError | null): StaleCoverage | null };

/** Remembers since when the warehouse has given no answer; any answer ends that. */
function createOutage(now: () => Date, logger: CoverageReaderOptions["logger"]): Outage {
  let since: Date | null = null;
  return {
    note(failure) {
      if (!failure) {
        if (since) logger?.info({ since }, "the warehouse answers again");
        since = null;
        return null;
      }
      if (!since) logger?.warn({ reason: failure.reason }, failure.message);
      since ??= now();
      return { since: since.toISOString(), reason: failure.reason, message: failure.message };
    },
  };
}
