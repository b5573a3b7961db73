import type { Advice, DateState, GameStanding } from "@/lib/contracts/coverage";
import { easternDate, type GameDate } from "@/lib/game-date";
import { classifyDate } from "./classify-date";
import { type ActiveWaiver, indexWaivers, type JudgedGame, judgeGames } from "./judge-games";
import { measureDate } from "./measure-date";
import { gameLabel, hasBoxscores, hasPlays, type WarehouseMoment } from "./measured-game";
import type { DateMeasurement } from "./measurement";
import { createShapeCache } from "./shape-cache";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

type SourceOfGame = {
  present: boolean;
  rows: number;
  /** The newest `modified_at`, by which rows that were written again are known; null where there is none. */
  newest: string | null;
};

/** A date in bronze at one moment, game by game: what a backfill's receipt compares. */
export type BackfillMeasurement = {
  measuredAt: string;
  state: DateState;
  games: { game: string; standing: GameStanding; boxscores: SourceOfGame; pbp: SourceOfGame }[];
  advice: Advice;
};

export type BackfillToMeasure = {
  pool: WarehousePool;
  date: GameDate;
  listWaivers: () => Promise<readonly ActiveWaiver[]>;
  now: () => Date;
  sleep: (ms: number) => Promise<unknown>;
  /** How long to try again while the tables are being written. */
  deadlineMs: number;
};

const RETRY_MS = 250;

/**
 * Measures a date for a run's receipt. While another writer holds the tables it tries again until the deadline.
 * @throws WarehouseError (an AppError `warehouse-unavailable`) when there is no answer by then
 */
export async function measureBackfill(options: BackfillToMeasure): Promise<BackfillMeasurement> {
  const { pool, date, now, sleep, deadlineMs, listWaivers } = options;
  // A view of its own: a table that a run has just made must be seen.
  const shapes = createShapeCache(pool, now);
  const giveUpAt = now().getTime() + deadlineMs;
  for (;;) {
    try {
      const measure = () => shapes.withView((view) => measureDate({ pool, view, now: now(), date }));
      const [measurement, waivers] = await Promise.all([measure(), listWaivers()]);
      return judge(measurement, waivers);
    } catch (error) {
      const isLocked = error instanceof WarehouseError && error.reason === "being-written";
      if (!isLocked || now().getTime() + RETRY_MS > giveUpAt) throw error;
      await sleep(RETRY_MS);
    }
  }
}

function judge(measurement: DateMeasurement, waivers: readonly ActiveWaiver[]): BackfillMeasurement {
  const { date, measuredAt, refreshes, silver, newestSilverPlay } = measurement;
  const games = judgeGames(measurement.games, refreshes, indexWaivers(waivers));
  const summary = classifyDate({
    date,
    games,
    today: easternDate(measuredAt),
    asOf: measuredAt,
    silver,
    newestSilverPlay,
    doubling: null,
  });
  return {
    measuredAt: measuredAt.toISOString(),
    state: summary.state,
    games: games.map(gameOf),
    advice: summary.advice,
  };
}

function gameOf({ measured, standing }: JudgedGame): BackfillMeasurement["games"][number] {
  const { boxscores, pbp } = measured;
  return {
    game: gameLabel(measured),
    standing,
    boxscores: {
      present: hasBoxscores(measured),
      rows: boxscores.awayRows + boxscores.homeRows,
      newest: momentText(boxscores.newestAt),
    },
    pbp: { present: hasPlays(measured), rows: pbp.rows, newest: momentText(pbp.newestAt) },
  };
}

function momentText(moment: WarehouseMoment | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}
