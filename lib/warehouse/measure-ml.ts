import type { SeasonFlag } from "@/lib/contracts/run-kinds/ml";
import { isAppError } from "@/lib/errors";
import { addDays, type GameDate } from "@/lib/game-date";
import type { MlSituation } from "@/lib/predictions/ml-obstacles";
import { getFeatureFlags } from "./get-feature-flags";
import { type ActiveWaiver, indexWaivers, judgeGames } from "./judge-games";
import { measureDate } from "./measure-date";
import { gameLabel } from "./measured-game";
import type { FoundTable } from "./prediction-tables";
import { createPredictionsViewCache, type PredictionsView } from "./predictions-view";
import { readMlFeatures } from "./read-ml-features";
import { readPredictedGamesInFull } from "./read-predicted-games";
import type { TeamDirectory } from "./team-directory";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

/** A date's predictions and what the ML program would find, at one moment: what a receipt compares. */
export type MlMeasurement = MlSituation & {
  measuredAt: string;
  /** The date's predictions, `LAL @ PHX`; the home team's chance is null where it is no number. */
  predictions: { game: string; homeWin: number | null }[];
};

export type MlToMeasure = {
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
 * Measures a date's predictions and the ML program's input. While another writer holds the tables it tries again
 * until the deadline. A predictions table that does not exist holds none; a feature table that cannot be read is
 * part of what is measured.
 * @throws WarehouseError (an AppError `warehouse-unavailable`) when there is no answer by then
 */
export async function measureMl(options: MlToMeasure): Promise<MlMeasurement> {
  const { pool, now, sleep, deadlineMs } = options;
  // A view of its own: a table that a run has just made must be seen.
  const views = createPredictionsViewCache(pool, now);
  const giveUpAt = now().getTime() + deadlineMs;
  for (;;) {
    try {
      return await views.withView((view) => measure(view, options));
    } catch (error) {
      const isLocked = error instanceof WarehouseError && error.reason === "being-written";
      if (!isLocked || now().getTime() + RETRY_MS > giveUpAt) throw error;
      await sleep(RETRY_MS);
    }
  }
}

async function measure(
  view: PredictionsView,
  { pool, date, listWaivers, now }: MlToMeasure,
): Promise<MlMeasurement> {
  const { teams, tables } = view;
  const waivers = await listWaivers();
  const [predictions, features, seasonFlag, expected] = await Promise.all([
    readPredictions(pool, tables.predictions, date, teams),
    readFeatures(pool, tables.features, teams),
    readSeasonFlag(pool),
    readExpected(pool, view, date, waivers, now()),
  ]);
  return { measuredAt: now().toISOString(), predictions, ...features, seasonFlag, expected };
}

async function readPredictions(
  pool: WarehousePool,
  found: FoundTable,
  date: GameDate,
  teams: TeamDirectory,
): Promise<MlMeasurement["predictions"]> {
  if (!found.table) {
    if (found.isMissing) return [];
    throw new WarehouseError("refused", found.problem);
  }
  const range = { from: date, to: addDays(date, 1) };
  const rows = await readPredictedGamesInFull(pool, found.table, range);
  const byGame = new Map(rows.map((row) => [labelOf(row, teams), row.homeWin]));
  return [...byGame].map(([game, homeWin]) => ({ game, homeWin }));
}

async function readFeatures(
  pool: WarehousePool,
  found: FoundTable,
  teams: TeamDirectory,
): Promise<Pick<MlSituation, "features" | "featuresProblem">> {
  if (!found.table) return { features: null, featuresProblem: found.problem };
  const games = await readMlFeatures(pool, found.table);
  return {
    features: games.map((game) => ({ date: game.date, game: labelOf(game, teams), rows: game.rows })),
    featuresProblem: null,
  };
}

/** @throws WarehouseError when the warehouse is not there; flags that cannot be told are unknown. */
async function readSeasonFlag(pool: WarehousePool): Promise<SeasonFlag> {
  try {
    const flags = await getFeatureFlags(pool);
    const season = flags.get("season");
    if (season === undefined) return "missing";
    return season ? "on" : "off";
  } catch (error) {
    const isGone =
      error instanceof WarehouseError && (error.reason === "down" || error.reason === "being-written");
    if (isGone || !isAppError(error)) throw error;
    return "unknown";
  }
}

async function readExpected(
  pool: WarehousePool,
  view: PredictionsView,
  date: GameDate,
  waivers: readonly ActiveWaiver[],
  now: Date,
): Promise<string[]> {
  const { games, refreshes } = await measureDate({ pool, view, now, date });
  return judgeGames(games, refreshes, indexWaivers(waivers))
    .filter(({ standing }) => standing === "expected")
    .map(({ measured }) => gameLabel(measured));
}

function labelOf({ away, home }: { away: string; home: string }, teams: TeamDirectory): string {
  return gameLabel({ away: teams.acronymOf(away), home: teams.acronymOf(home) });
}
