import type { Season } from "@/lib/contracts/coverage";
import { addDays, type GameDate } from "@/lib/game-date";
import { createLastKnown } from "./last-known";
import type { PredictedGame, PredictedGames } from "./predicted-games";
import { readPredictionTables } from "./prediction-tables";
import { readPredictedGames, readPredictedGamesInFull } from "./read-predicted-games";
import type { DateRange } from "./read-schedule";
import { createViewCache } from "./shape-cache";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

/** The predictions that coverage shows. Whatever befalls them is told, and never thrown: bronze is shown without them. */
export type PredictedGamesReader = {
  /**
   * A season's predictions. `id` is the season asked for; its dates of last time are read while `season` is still
   * being measured, and read again in the rare case that they have changed.
   */
  season(id: string | null, season: Promise<Season | null>): Promise<PredictedGames>;
  date(date: GameDate): Promise<PredictedGames>;
  forgetUnderWay(): void;
};

const NONE: PredictedGames = { games: null, problem: null, knownUntil: null };

/** Seasons and dates whose last reading is kept. */
const KEPT = 100;

type Reading = { games: readonly PredictedGame[] | null; problem: string | null; readAt: Date };

/** @param now the clock */
export function createPredictedGamesReader(pool: WarehousePool, now: () => Date): PredictedGamesReader {
  const tables = createViewCache(() => readPredictionTables(pool), now);
  const lastRanges = new Map<string | null, DateRange>();

  const lastKnown = (read: typeof readPredictedGames) =>
    createLastKnown(KEPT, (range: string): Promise<Reading> => {
      const [from = "", to = ""] = range.split(" ");
      return tables.withView(async ({ predictions }) => {
        const readAt = now();
        if (!predictions.table) return { games: null, problem: predictions.problem, readAt };
        return { games: await read(pool, predictions.table, { from, to }), problem: null, readAt };
      });
    });
  const outlines = lastKnown(readPredictedGames);
  const details = lastKnown(readPredictedGamesInFull);

  async function answer(source: typeof outlines, { from, to }: DateRange): Promise<PredictedGames> {
    try {
      const { value, failure } = await source.read(`${from} ${to}`);
      return {
        games: value.games,
        problem: failure?.message ?? value.problem,
        knownUntil: failure && value.readAt,
      };
    } catch (error) {
      if (!(error instanceof WarehouseError)) throw error;
      return { ...NONE, problem: error.message };
    }
  }

  return {
    async season(id, season) {
      const expected = lastRanges.get(id);
      const early = expected && answer(outlines, expected);
      // Whoever awaits it is told of its failure; nobody may.
      early?.catch(() => undefined);
      const span = await season;
      if (!span) return NONE;
      const range = { from: span.firstDate, to: addDays(span.lastDate, 1) };
      lastRanges.set(id, range);
      const isSame = expected?.from === range.from && expected.to === range.to;
      return early && isSame ? early : answer(outlines, range);
    },
    date: (date) => answer(details, { from: date, to: addDays(date, 1) }),
    forgetUnderWay() {
      outlines.forgetUnderWay();
      details.forgetUnderWay();
    },
  };
}
