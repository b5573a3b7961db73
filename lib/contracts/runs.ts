import { z } from "zod";
import { adviceSchema, dateStateSchema, gameStandingSchema } from "./coverage";
import { gameDateSchema } from "./game-date-schema";

/** One word for each state of a run; all after `verifying` are final. */
export const RUN_STATES = [
  "queued",
  "running",
  "verifying",
  "succeeded",
  "partly",
  "no_effect",
  "failed",
  "timed_out",
  "cancelled",
  "interrupted",
  "refused",
] as const;
export const runStateSchema = z.enum(RUN_STATES);
export type RunState = z.infer<typeof runStateSchema>;

export const JOB_KINDS = ["backfill"] as const;
export const jobKindSchema = z.enum(JOB_KINDS);
export type JobKind = z.infer<typeof jobKindSchema>;

/** What a queued run waits for, in words a person can act on. */
export const waitingSchema = z.object({
  for: z.enum(["worker", "lock", "spacing", "daily-run", "doorbell"]),
  text: z.string(),
  /** When it ends by itself, where that is known. */
  until: z.iso.datetime().nullable(),
  /** The run that holds the lock. */
  runId: z.string().nullable(),
});
export type Waiting = z.infer<typeof waitingSchema>;

export const runSummarySchema = z.object({
  id: z.uuid(),
  kind: jobKindSchema,
  /** `Backfill Thu Nov 19, 2026` */
  title: z.string(),
  /** The game date that it is about; null for kinds without one. */
  gameDate: gameDateSchema.nullable(),
  state: runStateSchema,
  /** The measured result in one line, once the run has ended: `+3 games; plays of 9 games still missing`. */
  outcome: z.string().nullable(),
  waiting: waitingSchema.nullable(),
  requestedBy: z.string(),
  reason: z.string().nullable(),
  queuedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  cancelRequestedAt: z.iso.datetime().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

const gameSnapshotSchema = z.object({
  boxscoreRows: z.number(),
  boxscores: z.boolean(),
  pbpRows: z.number(),
  pbp: z.boolean(),
});

/** What a backfill changed, measured in the warehouse before and after. */
export const backfillReceiptSchema = z.object({
  kind: z.literal("backfill"),
  date: gameDateSchema,
  before: z.object({ measuredAt: z.iso.datetime(), state: dateStateSchema }),
  /** Null when the warehouse could not be measured afterwards; `unmeasured` says why. */
  after: z.object({ measuredAt: z.iso.datetime(), state: dateStateSchema }).nullable(),
  unmeasured: z.string().nullable(),
  expected: z.number(),
  boxscores: z.object({
    before: z.number(),
    after: z.number(),
    rowsBefore: z.number(),
    rowsAfter: z.number(),
  }),
  pbp: z.object({ before: z.number(), after: z.number(), rowsBefore: z.number(), rowsAfter: z.number() }),
  games: z.array(
    z.object({
      game: z.string(),
      standing: gameStandingSchema,
      before: gameSnapshotSchema,
      after: gameSnapshotSchema,
    }),
  ),
  /** Expected games that still lack something: `LAL @ PHX`. */
  stillMissing: z.array(z.object({ game: z.string(), lacks: z.array(z.enum(["boxscores", "pbp"])) })),
  /** The line of the log that explains a hole that stayed. */
  explainedBy: z.object({ seq: z.number(), text: z.string() }).nullable(),
  next: adviceSchema.nullable(),
});
export type BackfillReceipt = z.infer<typeof backfillReceiptSchema>;

export const receiptSchema = z.discriminatedUnion("kind", [backfillReceiptSchema]);
export type Receipt = z.infer<typeof receiptSchema>;

export const runDetailSchema = runSummarySchema.extend({
  params: z.record(z.string(), z.unknown()),
  /** Exactly what was, or will be, executed; secrets are never arguments. */
  argv: z.array(z.string()),
  cwd: z.string(),
  lockKey: z.string(),
  worker: z.string().nullable(),
  attempt: z.number(),
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
  cancelRequestedBy: z.string().nullable(),
  log: z.object({ lines: z.number(), bytes: z.number(), truncated: z.boolean() }),
  receipt: receiptSchema.nullable(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

export const backfillParamsSchema = z.strictObject({ runDate: gameDateSchema });
export type BackfillParams = z.infer<typeof backfillParamsSchema>;

/** One order: the same kind for one or many sets of parameters; each becomes a run of its own. */
export const createRunsRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("backfill"),
    params: z.array(backfillParamsSchema).min(1, { error: "needs at least one date" }).max(200),
    reason: z.string().trim().max(500).optional(),
    /** Start although the scheduled daily run has its window. */
    overrideDailyRun: z.boolean().default(false),
  }),
]);
export type CreateRunsRequest = z.infer<typeof createRunsRequestSchema>;
export type CreateRunsInput = z.input<typeof createRunsRequestSchema>;

const runWarningSchema = z.object({
  code: z.enum([
    "flag-off",
    "flag-missing",
    "not-due",
    "daily-run",
    "nothing-missing",
    "warehouse-stale",
    "no-worker",
  ]),
  text: z.string(),
});
export type RunWarning = z.infer<typeof runWarningSchema>;

/** What an order would do: made by the same function that enqueues it. */
export const runPreviewSchema = z.object({
  kind: jobKindSchema,
  runs: z.array(
    z.object({
      title: z.string(),
      params: z.record(z.string(), z.unknown()),
      gameDate: gameDateSchema.nullable(),
      argv: z.array(z.string()),
      cwd: z.string(),
      /** Requests that it costs at the source, and the seconds until it may start. */
      requests: z.number(),
      startsInSeconds: z.number(),
      warnings: z.array(runWarningSchema),
      /** The run that is already on its way for the same target; ordering it again gives that one. */
      alreadyActive: z.object({ id: z.uuid(), state: runStateSchema }).nullable(),
    }),
  ),
  /** Seconds from now until the last one may start, by the source's limit. */
  lastStartsInSeconds: z.number(),
  warnings: z.array(runWarningSchema),
});
export type RunPreview = z.infer<typeof runPreviewSchema>;

export const createRunsResponseSchema = z.object({
  runs: z.array(runSummarySchema.extend({ alreadyActive: z.boolean() })),
});
export type CreateRunsResponse = z.infer<typeof createRunsResponseSchema>;

export const listRunsRequestSchema = z.strictObject({
  state: runStateSchema.or(z.enum(["active", "attention"])).optional(),
  date: gameDateSchema.optional(),
  /** Runs ordered before this one: ids sort by time. */
  before: z.uuid({ error: "is the id of a run" }).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListRunsInput = z.input<typeof listRunsRequestSchema>;

export const listRunsResponseSchema = z.object({
  runs: z.array(runSummarySchema),
  /** Pass as `before` for the next page; null on the last. */
  nextBefore: z.uuid().nullable(),
});
export type ListRunsResponse = z.infer<typeof listRunsResponseSchema>;
