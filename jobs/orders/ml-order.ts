import type { JobSettings } from "@/jobs/define-job";
import { ml } from "@/jobs/definitions/ml";
import { type CommonFacts, commonWarnings, type PreparedOrder, planRun } from "@/jobs/orders/prepared-order";
import type { MlOrder, MlPreview } from "@/lib/contracts/run-kinds/ml";
import type { RunWarning } from "@/lib/contracts/runs";
import { AppError } from "@/lib/errors";
import { type GameDate, longLabel } from "@/lib/game-date";
import { findMlObstacles, isBlocking } from "@/lib/predictions/ml-obstacles";
import { predictionsCloseAt, predictionsDueAt, utcDate } from "@/lib/predictions/prediction-state";
import type { MlMeasurement } from "@/lib/warehouse/measure-ml";

/** What is known of the world when an ML re-run is ordered. Pure input: gather it with gather-ml-facts.ts. */
export type MlFacts = CommonFacts & {
  /** Null when the warehouse could not be measured; `problem` then says why. */
  measurement: MlMeasurement | null;
  problem: string | null;
};

/**
 * What an order to run the ML program comes to: what it would predict, and what stands in the way.
 * @throws AppError `invalid-request` for another date than the one it would predict
 */
export function prepareMlOrder(order: MlOrder, settings: JobSettings, facts: MlFacts): PreparedOrder {
  const runs = order.params.map((params, index) => {
    refuseOtherDates(params.gameDate, index, facts.now);
    const details = previewOf(params.gameDate, facts);
    return planRun(ml, params, settings, {
      requestCost: 0,
      warnings: mlWarnings(details, facts),
      details,
    });
  });
  const warnings = commonWarnings(facts, {
    heldByDailyRun: ml.heldByDailyRun,
    overridden: order.overrideDailyRun,
    sharesWhat: "its own ML step writes the same rows",
  });
  return { runs, warnings };
}

/** Why the program cannot predict the games of `date` at the moment `now`; null when it can. */
export function otherDateProblem(date: GameDate, now: Date): string | null {
  const today = utcDate(now);
  if (date === today) return null;
  if (date < today)
    return `The games of ${longLabel(date)} could be predicted until 24:00 UTC of that date; nothing predicts them now. The ML program's today is ${longLabel(today)}.`;
  return `The games of ${longLabel(date)} can be predicted on that UTC date only, from about ${predictionsDueAt(date).toISOString().slice(11, 16)} UTC. The ML program's today is ${longLabel(today)}.`;
}

function refuseOtherDates(date: GameDate, index: number, now: Date): void {
  const message = otherDateProblem(date, now);
  if (message === null) return;
  throw new AppError("invalid-request", message, {
    fields: [{ path: `params.${index}.gameDate`, message }],
  });
}

function previewOf(gameDate: GameDate, { measurement, problem, now }: MlFacts): MlPreview {
  const basis = {
    kind: "ml" as const,
    gameDate,
    closesAt: predictionsCloseAt(gameDate).toISOString(),
  };
  if (!measurement) {
    return {
      ...basis,
      features: { problem, rows: 0, dates: [], isToday: false },
      seasonFlag: "unknown",
      games: [],
      willPredict: 0,
      newGames: 0,
      obstacles: [],
    };
  }
  const obstacles = findMlObstacles(gameDate, now, measurement);
  const games = gamesOf(gameDate, measurement);
  const predictable = obstacles.some(isBlocking) ? [] : games.filter(({ inFeatures }) => inFeatures);
  const features = measurement.features ?? [];
  return {
    ...basis,
    features: {
      problem: measurement.featuresProblem,
      rows: features.reduce((sum, { rows }) => sum + rows, 0),
      dates: [...new Set(features.flatMap(({ date }) => date ?? []))].sort(),
      isToday: features.length > 0 && features.every(({ date }) => date === gameDate),
    },
    seasonFlag: measurement.seasonFlag,
    games,
    willPredict: predictable.length,
    newGames: predictable.filter(({ predicted }) => !predicted).length,
    obstacles,
  };
}

/** The date's games, by the schedule and by the feature table alike. */
function gamesOf(date: GameDate, measurement: MlMeasurement): MlPreview["games"] {
  const inFeatures = new Set(
    (measurement.features ?? []).filter((game) => game.date === date).map(({ game }) => game),
  );
  const predicted = new Set(measurement.predictions.map(({ game }) => game));
  const expected = new Set(measurement.expected);
  return [...new Set([...expected, ...inFeatures])].sort().map((game) => ({
    game,
    expected: expected.has(game),
    inFeatures: inFeatures.has(game),
    predicted: predicted.has(game),
  }));
}

function mlWarnings(details: MlPreview, { measurement, problem }: MlFacts): RunWarning[] {
  if (!measurement) {
    const text = `The warehouse cannot be measured now (${problem}); the run will need it to start.`;
    return [{ code: "warehouse-stale", text }];
  }
  const blocking = details.obstacles.find(isBlocking);
  if (blocking) return [{ code: "no-effect-expected", text: blocking.text }];
  if (details.willPredict > 0 && details.newGames === 0) {
    const text = "Every game has a prediction already: their probabilities are written again.";
    return [{ code: "nothing-missing", text }];
  }
  return [];
}
