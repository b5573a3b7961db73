import { z } from "zod";
import { gameDateSchema } from "./game-date-schema";
import { gamePredictionSchema, predictionCountsSchema } from "./prediction-coverage";

/** How a date stands, in the order in which they are decided (see lib/warehouse/classify-date.ts). */
export const DATE_STATES = ["upcoming", "off", "pending", "missing", "partial", "stale", "whole"] as const;
export const dateStateSchema = z.enum(DATE_STATES);
export type DateState = z.infer<typeof dateStateSchema>;

/**
 * Why a game counts as expected, or why it does not. `unplayed`: a play-off slot without a tip-off time and
 * without data; `withdrawn`: a schedule row that the daily refresh left behind; `unscheduled`: data without
 * a schedule row.
 */
export const GAME_STANDINGS = ["expected", "unplayed", "withdrawn", "waived", "unscheduled"] as const;
export const gameStandingSchema = z.enum(GAME_STANDINGS);
export type GameStanding = z.infer<typeof gameStandingSchema>;

/** Silver box scores of a game against bronze's; `waits` while bronze itself has none. */
export const SILVER_STATES = ["whole", "absent", "fewer", "older", "doubled", "waits"] as const;
export const silverStateSchema = z.enum(SILVER_STATES);
export type SilverState = z.infer<typeof silverStateSchema>;

export const teamSchema = z.object({
  acronym: z.string(),
  name: z.string(),
  /** CSS colour of the team's chip, or null when the warehouse names none. */
  color: z.string().nullable(),
});
export type Team = z.infer<typeof teamSchema>;

const waiverSchema = z.object({
  id: z.string(),
  reason: z.string(),
  waivedBy: z.string(),
  waivedAt: z.iso.datetime(),
});

export const gameCoverageSchema = z.object({
  /** `LAL@PHX`: away and home acronym; unique within a date. */
  key: z.string(),
  away: teamSchema,
  home: teamSchema,
  /** As the schedule writes it, Eastern time: `7:30p`. */
  tipOff: z.string().nullable(),
  standing: gameStandingSchema,
  waiver: waiverSchema.nullable(),
  /** `present` needs rows of both teams. */
  boxscores: z.object({ present: z.boolean(), awayRows: z.number(), homeRows: z.number() }),
  pbp: z.object({ present: z.boolean(), rows: z.number() }),
  /** Null where silver has no such table. */
  silverBoxscores: z.object({ state: silverStateSchema, rows: z.number() }).nullable(),
  /** Content lag of plays cannot be measured: rows exist, or not. Null where silver has no such table. */
  silverPbp: z.object({ state: z.enum(["whole", "absent", "waits"]), rows: z.number() }).nullable(),
  /** Points by the box scores, once both teams have rows. */
  result: z.object({ away: z.number(), home: z.number() }).nullable(),
  /** Null where predictions are not measured, and for a game that is not expected and has none. */
  prediction: gamePredictionSchema.nullable(),
});
export type GameCoverage = z.infer<typeof gameCoverageSchema>;

/** The dbt build that takes a date's data from bronze into silver and on. */
export const buildAdviceSchema = z.object({
  select: z.array(z.string()),
  fullRefresh: z.boolean(),
  /** Why with, or without, a full refresh: one sentence. */
  why: z.string(),
  /** Whether the usual build would do for this date alone, and breaks off for another one's sake. */
  forAnother: z.boolean().optional(),
});
export type BuildAdvice = z.infer<typeof buildAdviceSchema>;

/** The first stage that lags and the step that would help. */
export const adviceSchema = z.object({
  stage: z.enum(["scheduled", "bronze", "silver", "none"]),
  step: z.enum(["backfill", "dbt", "wait", "none"]),
  /** One sentence in numbers: `3 of 9 games lack play-by-play`. */
  text: z.string(),
  /** The runbook's command for a step that Backcourt does not run itself yet, else null. */
  command: z.string().nullable(),
  /** The build that the step `dbt` takes; null for every other step, and in receipts of before there was one. */
  dbt: buildAdviceSchema.nullable().default(null),
});
export type Advice = z.infer<typeof adviceSchema>;

const lackingGameSchema = z.object({
  /** `LAL @ PHX` */
  game: z.string(),
  lacks: z.array(z.enum(["boxscores", "pbp", "silver"])),
});

export const dateSummarySchema = z.object({
  date: gameDateSchema,
  state: dateStateSchema,
  dueAt: z.iso.datetime(),
  /** Games expected, and of those the ones present at each source and stage. */
  expected: z.number(),
  boxscores: z.number(),
  pbp: z.number(),
  /** Expected games whole in silver (box scores and plays); null where silver does not exist. */
  silver: z.number().nullable(),
  unscheduled: z.number(),
  withdrawn: z.number(),
  waived: z.number(),
  unplayed: z.number(),
  /** Expected games by their prediction; null where predictions are not measured. */
  predictions: predictionCountsSchema.nullable(),
  /** The expected games that lack something, only for dates that need attention. */
  lacking: z.array(lackingGameSchema),
  advice: adviceSchema,
});
export type DateSummary = z.infer<typeof dateSummarySchema>;

/** Why an answer holds the last known coverage in place of a fresh one. */
export const staleCoverageSchema = z.object({
  since: z.iso.datetime(),
  reason: z.enum(["down", "slow", "being-written", "refused", "failed"]),
  message: z.string(),
});
export type StaleCoverage = z.infer<typeof staleCoverageSchema>;

/** Something about the warehouse that a person must know to read the numbers: a missing table, an old schedule. */
export const warehouseNoticeSchema = z.object({
  code: z.enum([
    "missing-table",
    "missing-column",
    "old-schedule",
    "unreadable-dates",
    "unknown-teams",
    "no-index",
    "not-measured",
  ]),
  message: z.string(),
});
export type WarehouseNotice = z.infer<typeof warehouseNoticeSchema>;

export const measurementSchema = z.object({
  /** The clock of the answer: what "today" and "due" were judged by. */
  now: z.iso.datetime(),
  today: gameDateSchema,
  /** When the warehouse rows behind these numbers were read. */
  measuredAt: z.iso.datetime(),
  stale: staleCoverageSchema.nullable(),
  notices: z.array(warehouseNoticeSchema),
});

const seasonSchema = z.object({
  /** The year in which the season begins: `2026`. */
  id: z.string(),
  /** `2026–27` */
  label: z.string(),
  firstDate: gameDateSchema,
  lastDate: gameDateSchema,
});
export type Season = z.infer<typeof seasonSchema>;

export const seasonCoverageSchema = measurementSchema.extend({
  /** Null in a warehouse without a schedule. */
  season: seasonSchema.nullable(),
  /** Newest first. */
  seasons: z.array(seasonSchema),
  scheduleRefreshedAt: z.iso.datetime().nullable(),
  /** Whether silver's tables exist; where they do not, states are bronze's. */
  silverMeasured: z.object({ boxscores: z.boolean(), pbp: z.boolean() }),
  /** Why predictions are not measured: their table is missing, unreadable or gave no answer. Null when they are. */
  predictionsProblem: z.string().nullable(),
  /** Every date from the season's first to its last, days off included, and dates with unscheduled data. */
  dates: z.array(dateSummarySchema),
});
export type SeasonCoverage = z.infer<typeof seasonCoverageSchema>;

export const dateCoverageSchema = measurementSchema.extend({
  summary: dateSummarySchema,
  predictionsProblem: z.string().nullable(),
  games: z.array(gameCoverageSchema),
});
export type DateCoverage = z.infer<typeof dateCoverageSchema>;

export const coverageRequestSchema = z.strictObject({
  season: z
    .string()
    .regex(/^[0-9]{4}$/, { error: "is the year in which a season begins, for example 2026" })
    .optional(),
});

export const waiveGameRequestSchema = z.strictObject({
  date: gameDateSchema,
  /** `LAL@PHX` */
  game: z.string().regex(/^[A-Z]{2,4}@[A-Z]{2,4}$/, { error: "is written AWAY@HOME, for example LAL@PHX" }),
  reason: z
    .string()
    .trim()
    .min(3, { error: "needs a few words: why will this game's data not come?" })
    .max(500),
});
export type WaiveGameRequest = z.infer<typeof waiveGameRequestSchema>;
