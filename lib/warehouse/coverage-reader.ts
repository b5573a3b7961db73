import type { DateCoverage, SeasonCoverage } from "@/lib/contracts/coverage";
import { easternDate, type GameDate } from "@/lib/game-date";
import type { Logger } from "@/lib/logger";
import { createBackgroundSweep } from "./background-sweep";
import { type Circumstances, composeDate, composeSeason } from "./compose-coverage";
import { composeSeasonPredictions, type SeasonPredictions } from "./compose-season-predictions";
import type { ActiveWaiver } from "./judge-games";
import { createLastKnown, type Read } from "./last-known";
import { measureDate } from "./measure-date";
import { measureSeason } from "./measure-season";
import type { SeasonMeasurement } from "./measurement";
import { createOutage } from "./outage";
import type { PredictedGames } from "./predicted-games";
import { createPredictedGamesReader } from "./predicted-games-reader";
import type { SeasonScope } from "./read-season-rows";
import { createShapeCache } from "./shape-cache";
import { createUnlessUnchanged } from "./unless-unchanged";
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
  /** A season's expected games by their predictions; throws as `season` does. */
  predictions(id: string | null): Promise<SeasonPredictions>;
  /** Says that rows have just changed: who asks from now on gets a measurement that begins now or later. */
  invalidate(): void;
  /** Resolves when no background work is under way. */
  idle(): Promise<void>;
};

/** Seasons and dates whose last measurement is kept, the latest asked for. */
const KEPT_SEASONS = 12;
const KEPT_DATES = 100;

/**
 * Measures coverage live: a season is read again unless the warehouse itself says that nothing was committed
 * since. Those who ask for the same thing while it is being measured share that one measurement, so that ten
 * open browsers cost as much as one.
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
  const predictedGames = createPredictedGamesReader(pool, now);

  const scopes = new Map<string | null, SeasonScope>();
  const unlessUnchanged = createUnlessUnchanged<string | null, SeasonMeasurement>(pool, KEPT_SEASONS);
  const seasons = createLastKnown(KEPT_SEASONS, (id: string | null) =>
    shapes.withView(async (view) => {
      const measuredAt = now();
      const sweptPlays = sweep.plays();
      const circumstances = [view, easternDate(measuredAt), sweptPlays];
      const measurement = await unlessUnchanged.read(id, circumstances, async () => {
        const lastScope = scopes.get(id) ?? null;
        const measured = await measureSeason({ pool, view, now: measuredAt, id, sweptPlays, lastScope });
        if (measured.scope) scopes.set(id, measured.scope);
        return measured.measurement;
      });
      sweep.refresh(view.shape);
      return { ...measurement, measuredAt, notices: [...measurement.notices, ...sweep.notices()] };
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
    readPredictions: (reading: Promise<Read<Measurement>>) => Promise<PredictedGames>,
    compose: (measurement: Measurement, given: Circumstances) => Answer,
  ): Promise<Answer> {
    const reading = source.read(key).catch(noteAndThrow);
    const [read, waivers, predictions] = await Promise.all([
      reading,
      listWaivers(),
      readPredictions(reading),
    ]);
    const stale = outage.note(read.failure);
    return compose(read.value, { now: now(), waivers, predictions, stale });
  }

  const answerSeason = <Answer>(
    id: string | null,
    compose: (measurement: SeasonMeasurement, given: Circumstances) => Answer,
  ) => {
    const seasonOf = (reading: Promise<Read<SeasonMeasurement>>) => reading.then(({ value }) => value.season);
    return answer(seasons, id, (reading) => predictedGames.season(id, seasonOf(reading)), compose);
  };

  /** The usual build does for this date; whether it breaks off at another one's box scores only the season tells. */
  async function inItsSeason(coverage: DateCoverage): Promise<DateCoverage> {
    const { summary } = coverage;
    const { dates } = await answerSeason(null, composeSeason);
    const known = dates.find(({ date, state }) => date === summary.date && state === summary.state);
    return known ? { ...coverage, summary: { ...summary, advice: known.advice } } : coverage;
  }

  return {
    season: (id) => answerSeason(id, composeSeason),
    predictions: (id) => answerSeason(id, composeSeasonPredictions),
    async date(date) {
      const coverage = await answer(dates, date, () => predictedGames.date(date), composeDate);
      const build = coverage.summary.advice.dbt;
      if (build === null || build.fullRefresh) return coverage;
      return inItsSeason(coverage);
    },
    invalidate() {
      predictedGames.forgetUnderWay();
      seasons.forgetUnderWay();
      dates.forgetUnderWay();
    },
    async idle() {
      await Promise.all([sweep.idle(), unlessUnchanged.idle()]);
    },
  };
}
