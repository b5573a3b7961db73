import { z } from "zod";

/**
 * How a game stands with its prediction, in the order of time: the ML program predicts a date's games on that
 * UTC date only. `pending` before 12:30 UTC, `fillable` until 24:00 UTC, `lost` after that: nobody can fill it.
 */
export const PREDICTION_STATES = ["predicted", "pending", "fillable", "lost"] as const;
export const predictionStateSchema = z.enum(PREDICTION_STATES);
export type PredictionState = z.infer<typeof predictionStateSchema>;

/** Expected games of a date by the state of their prediction; the four add up to the date's `expected`. */
export const predictionCountsSchema = z.object({
  predicted: z.number(),
  pending: z.number(),
  fillable: z.number(),
  lost: z.number(),
  /** 24:00 UTC of the date: 7 or 8 PM Eastern. */
  closesAt: z.iso.datetime(),
});
export type PredictionCounts = z.infer<typeof predictionCountsSchema>;

/** A game's prediction as a date's panel shows it. */
export const gamePredictionSchema = z.object({
  state: predictionStateSchema,
  /** 0 to 1 as the model wrote it; null where there is none, or no number. */
  homeWin: z.number().nullable(),
  awayWin: z.number().nullable(),
  /** When its row was inserted; later runs of the program do not move it. Null where the table does not say. */
  firstWrittenAt: z.iso.datetime().nullable(),
});
export type GamePrediction = z.infer<typeof gamePredictionSchema>;
