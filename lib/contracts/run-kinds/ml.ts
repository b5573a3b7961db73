import { z } from "zod";
import { gameDateSchema } from "../game-date-schema";
import { orderBaseShape } from "./order-base";

/**
 * `gameDate` is the date whose games are to be predicted: the UTC date of the moment, for the program takes no
 * arguments and knows no other. It is confirmed with the order, so that a run never predicts another day.
 */
export const mlParamsSchema = z.strictObject({ gameDate: gameDateSchema });
export type MlParams = z.infer<typeof mlParamsSchema>;

export const mlOrderSchema = z.strictObject({
  kind: z.literal("ml"),
  params: z.array(mlParamsSchema).length(1, { error: "is one re-run" }),
  ...orderBaseShape,
});
export type MlOrder = z.infer<typeof mlOrderSchema>;

/** Why the program predicts nothing, or not all; found before a run in the warehouse, after it in its log. */
export const ML_REASONS = [
  /** `season` in gold.feature_flags is 0. */
  "flag-off",
  "flag-missing",
  /** No game is expected on the date, and none is in the feature table. */
  "no-games",
  /** The feature table does not exist, may not be read, or lacks a column. */
  "features-missing",
  "features-empty",
  /** The feature table holds another date's games than the UTC date's. */
  "date-mismatch",
  /** Before 06:00 UTC dbt still builds yesterday's games into the feature table. */
  "too-early",
  /** Some of the date's games are not in the feature table. */
  "games-missing",
  /** A game is in the feature table twice: the program exits 1 and writes nothing. */
  "duplicates",
  /** The program's own error. */
  "error",
] as const;
export const mlReasonSchema = z.enum(ML_REASONS);
export type MlReason = z.infer<typeof mlReasonSchema>;

/** What stands in the way, and the step that removes it. */
export const mlObstacleSchema = z.object({
  code: mlReasonSchema,
  /** `The feature table holds the games of Sun Nov 22, 2026; ML predicts those of Mon Nov 23, 2026.` */
  text: z.string(),
  step: z.object({
    /** `dbt`: order a build of `ml_game_features`; `flag`: switch the flag; `wait`: nothing helps before a time. */
    do: z.enum(["dbt", "flag", "wait", "look"]),
    text: z.string(),
    /** What an operator would type in its place, where that is one command; else null. */
    command: z.string().nullable(),
  }),
});
export type MlObstacle = z.infer<typeof mlObstacleSchema>;

const seasonFlagSchema = z.enum(["on", "off", "missing", "unknown"]);
export type SeasonFlag = z.infer<typeof seasonFlagSchema>;

/** `silver.ml_game_features` as it is now. */
const mlFeaturesSchema = z.object({
  /** Why it could not be read; null when it was. The rest is then empty. */
  problem: z.string().nullable(),
  rows: z.number(),
  /** Its one date as a rule; several where something is amiss. */
  dates: z.array(gameDateSchema),
  /** True when all its games are those of the UTC date. */
  isToday: z.boolean(),
});
export type MlFeatures = z.infer<typeof mlFeaturesSchema>;

const mlPreviewGameSchema = z.object({
  /** `LAL @ PHX` */
  game: z.string(),
  /** False for a game of the feature table that the schedule does not expect. */
  expected: z.boolean(),
  inFeatures: z.boolean(),
  predicted: z.boolean(),
});

/** What the program would predict now. */
export const mlPreviewSchema = z.object({
  kind: z.literal("ml"),
  gameDate: gameDateSchema,
  /** 24:00 UTC of that date. After it nothing predicts these games any more. */
  closesAt: z.iso.datetime(),
  features: mlFeaturesSchema,
  seasonFlag: seasonFlagSchema,
  /** The date's games, by the schedule and by the feature table. */
  games: z.array(mlPreviewGameSchema),
  /** Games that it will predict: 0 when something stands in the way of all. Of these, `newGames` have none yet. */
  willPredict: z.number(),
  newGames: z.number(),
  /** Worst first; empty when nothing stands in the way. */
  obstacles: z.array(mlObstacleSchema),
});
export type MlPreview = z.infer<typeof mlPreviewSchema>;

/** What a re-run changed, measured in the warehouse before and after. */
export const mlReceiptSchema = z.object({
  kind: z.literal("ml"),
  date: gameDateSchema,
  before: z.object({ measuredAt: z.iso.datetime(), predicted: z.number() }),
  /** Null when the warehouse could not be measured afterwards; `unmeasured` says why. */
  after: z.object({ measuredAt: z.iso.datetime(), predicted: z.number() }).nullable(),
  unmeasured: z.string().nullable(),
  /** Games of the date that ought to have a prediction: expected by the schedule, or in the feature table. */
  expected: z.number(),
  games: z.array(
    z.object({
      /** `LAL @ PHX` */
      game: z.string(),
      inFeatures: z.boolean(),
      /** The home team's chance, 0 to 1; null where there is no prediction (or it is no number). */
      before: z.number().nullable(),
      after: z.number().nullable(),
      change: z.enum(["new", "changed", "same", "missing", "gone"]),
    }),
  ),
  newGames: z.number(),
  changed: z.number(),
  /** `LAL @ PHX` */
  stillMissing: z.array(z.string()),
  /** Why it did not predict, or not all, with the step that helps. Null when it did, or nobody knows. */
  reason: mlObstacleSchema.nullable(),
  /** The line of the log that says so. */
  explainedBy: z.object({ seq: z.number(), text: z.string() }).nullable(),
});
export type MlReceipt = z.infer<typeof mlReceiptSchema>;
