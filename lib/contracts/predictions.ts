import { z } from "zod";
import { measurementSchema, teamSchema } from "./coverage";
import { gameDateSchema } from "./game-date-schema";
import { predictionCountsSchema, predictionStateSchema } from "./prediction-coverage";

/** What can be amiss with predictions; each is a line of the sanity check and a filter of the table. */
export const FINDINGS = [
  /** An expected game that nobody predicted, and that is not pending. Its rows are games, not predictions. */
  "unpredicted",
  /** No row of the schedule and no box scores: a game that was not to be. */
  "without-game",
  /** Two rows for the same home team and date, which the program's upsert rules out. */
  "duplicate",
  /** A win probability that is missing or not within 0 to 1. */
  "out-of-range",
  /** Both are within 0 to 1, and do not add up to 1 (tolerance 0.001). */
  "not-summing",
  /** First written after the game's tip-off: it may have known more than a prediction should. */
  "after-tip-off",
  /** A game date that is none. */
  "unreadable-date",
] as const;
export const findingSchema = z.enum(FINDINGS);
export type Finding = z.infer<typeof findingSchema>;

/** What the table can be sorted by; ties always fall by date (newest first), home team and away team. */
export const PREDICTION_SORTS = [
  "date",
  "away",
  "home",
  "homeWin",
  "awayWin",
  "homeMoneyline",
  "awayMoneyline",
  "market",
  "edge",
] as const;
export const predictionSortSchema = z.enum(PREDICTION_SORTS);
export type PredictionSort = z.infer<typeof predictionSortSchema>;

/** The runbook's `limit 100`. */
export const PREDICTIONS_PER_PAGE = 100;

const filterShape = {
  /** An acronym (`LAL`), or a part of a team's full name in any case. */
  team: z.string().trim().min(1).max(60).optional(),
  /** One game date. */
  date: gameDateSchema.optional(),
  /** Game dates from ... to, both included. */
  from: gameDateSchema.optional(),
  to: gameDateSchema.optional(),
  finding: findingSchema.optional(),
  /** What has no value comes last, whatever the order. */
  sort: predictionSortSchema.default("date"),
  order: z.enum(["asc", "desc"]).default("desc"),
  /** From 1. A page behind the last is empty. */
  page: z.coerce.number().int().min(1).max(100_000).default(1),
};

/** `GET /api/predictions`. */
export const predictionsRequestSchema = z.strictObject(filterShape);
export type PredictionsRequest = z.infer<typeof predictionsRequestSchema>;
export type PredictionsFilter = z.input<typeof predictionsRequestSchema>;

/** The columns of the CSV, in its order. */
export const PREDICTION_COLUMNS = [
  "date",
  "tipOff",
  "away",
  "home",
  "awayWin",
  "homeWin",
  "awayMoneyline",
  "homeMoneyline",
  "awayMarket",
  "homeMarket",
  "margin",
  "edge",
  "awayPoints",
  "homePoints",
  "winner",
  "favouriteWon",
  "firstWrittenAt",
] as const;
export const predictionColumnSchema = z.enum(PREDICTION_COLUMNS);
export type PredictionColumn = z.infer<typeof predictionColumnSchema>;

/** `GET /api/predictions/csv`: the page that the same filters show, with the columns named (`columns=date,home`). */
export const predictionsCsvRequestSchema = z.strictObject({
  ...filterShape,
  columns: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(predictionColumnSchema).min(1))
    .optional(),
});
export type PredictionsCsvRequest = z.infer<typeof predictionsCsvRequestSchema>;

const sideSchema = z.enum(["home", "away"]);
export type Side = z.infer<typeof sideSchema>;

/** The bookmaker's odds as chances, the margin taken out of them (see lib/predictions/odds.ts). */
const marketSchema = z.object({
  home: z.number(),
  away: z.number(),
  /** By how much the odds add up to more than 1: 0.04 is 4%. Negative for odds that lose the bookmaker money. */
  margin: z.number(),
});
export type Market = z.infer<typeof marketSchema>;

export const predictionRowSchema = z.object({
  /** Unique on its page. */
  key: z.string(),
  /** Null when the table's value is no date; `dateText` then holds what it says, or null for nothing. */
  date: gameDateSchema.nullable(),
  dateText: z.string().nullable(),
  /** From the schedule; null for a game that it does not list. */
  tipOff: z
    .object({
      /** As the schedule writes it, Eastern time: `7:30p`; null when it names none. */
      eastern: z.string().nullable(),
      /** The same as a moment, for other time zones; null when it cannot be told. */
      at: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** A team that nobody knows has its name, and an acronym made up from its letters. */
  away: teamSchema,
  home: teamSchema,
  /** `predicted` for every row of the table; the others only under the filter `unpredicted`. */
  state: predictionStateSchema,
  /** 0 to 1, as the model wrote them; null where there is no number. */
  homeWin: z.number().nullable(),
  awayWin: z.number().nullable(),
  /** American odds; null where there are none. */
  homeMoneyline: z.number().nullable(),
  awayMoneyline: z.number().nullable(),
  /** Null unless both teams have odds. */
  market: marketSchema.nullable(),
  /** The model's chance for the home team less the market's: 0.043 is +4.3 points. */
  edge: z.number().nullable(),
  /** Whom the model gives more than half; null for an even chance or none. */
  favourite: sideSchema.nullable(),
  /** From the box scores, once both teams have some. */
  result: z
    .object({
      /** Null where the box scores carry no points. */
      awayPoints: z.number().nullable(),
      homePoints: z.number().nullable(),
      /** Null when neither outcomes nor points decide it. */
      winner: sideSchema.nullable(),
    })
    .nullable(),
  /** Null until there is a winner, and where the model had no favourite. */
  favouriteWon: z.boolean().nullable(),
  /** When its row was inserted; later runs of the program do not move it. Null where the table does not say. */
  firstWrittenAt: z.iso.datetime().nullable(),
  /** What the row itself shows to be amiss. */
  findings: z.array(findingSchema),
});
export type PredictionRow = z.infer<typeof predictionRowSchema>;

export const predictionsPageSchema = measurementSchema.extend({
  /** False when the table is missing, unreadable or lacks a needed column; a notice says which. */
  available: z.boolean(),
  rows: z.array(predictionRowSchema),
  /** Rows that match the filters, on all pages. */
  total: z.number(),
  page: z.number(),
  pages: z.number(),
});
export type PredictionsPage = z.infer<typeof predictionsPageSchema>;

/** One forecaster over some games (formulas in lib/predictions/score-forecasts.ts). */
export const forecastScoreSchema = z.object({
  /** Games whose result is known. */
  games: z.number(),
  /** Of these, games with a favourite, and those that it won. */
  decided: z.number(),
  hits: z.number(),
  /** hits / decided; null when no game had a favourite. */
  hitRate: z.number().nullable(),
  /** Mean squared error of the home team's chance: 0 perfect, 0.25 a coin; null without games. */
  brier: z.number().nullable(),
});
export type ForecastScore = z.infer<typeof forecastScoreSchema>;

export const calibrationBinSchema = z.object({
  /** Chances of the home team in [from, to); the last bin holds 1 too. */
  from: z.number(),
  to: z.number(),
  games: z.number(),
  /** Mean chance given, and the share of these games that the home team won; null for an empty bin. */
  forecast: z.number().nullable(),
  observed: z.number().nullable(),
});
export type CalibrationBin = z.infer<typeof calibrationBinSchema>;

export const scoredWindowSchema = z.object({
  /** Eastern game dates, both included. */
  from: gameDateSchema,
  to: gameDateSchema,
  /** Predicted games in the window, those with a result among them. */
  predicted: z.number(),
  settled: z.number(),
  /** Settled games that the comparison leaves out because a team has no odds. */
  withoutOdds: z.number(),
  /** The model over all settled games. */
  model: forecastScoreSchema,
  /** Model and market over the same games: those settled and with odds. */
  compared: z.object({ model: forecastScoreSchema, market: forecastScoreSchema }),
  /** Ten bins each, over the same games as `compared`. */
  calibration: z.object({ model: z.array(calibrationBinSchema), market: z.array(calibrationBinSchema) }),
});
export type ScoredWindow = z.infer<typeof scoredWindowSchema>;

export const findingLineSchema = z.object({
  finding: findingSchema,
  /** How many rows `finding=...` shows; null when it could not be checked. */
  count: z.number().nullable(),
  /** One sentence: `2 games have no prediction`; or why it could not be checked. */
  text: z.string(),
  /** Of `unpredicted`: games that can still be filled today; 0 for all others. */
  fillable: z.number(),
});
export type FindingLine = z.infer<typeof findingLineSchema>;

/** A date's expected games and their predictions. */
export const datePredictionsSchema = predictionCountsSchema.extend({
  date: gameDateSchema,
  expected: z.number(),
  /** Expected games without a prediction. */
  lacking: z.array(
    z.object({
      /** `LAL@PHX` */
      key: z.string(),
      /** `LAL @ PHX` */
      game: z.string(),
      state: predictionStateSchema,
    }),
  ),
});
export type DatePredictions = z.infer<typeof datePredictionsSchema>;

/** `GET /api/predictions/summary`: what stands above the table. */
export const predictionsSummarySchema = measurementSchema.extend({
  available: z.boolean(),
  /** Rows of the table; null when it is not available. */
  total: z.number().nullable(),
  /** Today in US Eastern time. Null without a schedule, or without predictions. */
  tonight: datePredictionsSchema.nullable(),
  /** The UTC date: what the ML program would predict now. From 7 or 8 PM Eastern on it is tomorrow. */
  mlToday: datePredictionsSchema.nullable(),
  /** Up to yesterday (Eastern): 7 dates, 30 dates, and the current season's. Null without the table. */
  scores: z
    .object({
      last7: scoredWindowSchema,
      last30: scoredWindowSchema,
      /** Null without a schedule. */
      season: scoredWindowSchema.nullable(),
    })
    .nullable(),
  /** Why results could not be read, and scores are therefore empty; null when they were. */
  resultsProblem: z.string().nullable(),
  /** One line for each finding, in the order of FINDINGS; empty without the table. */
  findings: z.array(findingLineSchema),
});
export type PredictionsSummary = z.infer<typeof predictionsSummarySchema>;
