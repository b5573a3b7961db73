import { z } from "zod";
import { gameDateSchema } from "./game-date-schema";
import { backfillOrderSchema, backfillReceiptSchema } from "./run-kinds/backfill";
import {
  dashboardRestartOrderSchema,
  dashboardRestartPreviewSchema,
  dashboardRestartProgressSchema,
  dashboardRestartReceiptSchema,
} from "./run-kinds/dashboard-restart";
import { dbtOrderSchema, dbtPreviewSchema, dbtProgressSchema, dbtReceiptSchema } from "./run-kinds/dbt";
import { mlOrderSchema, mlPreviewSchema, mlReceiptSchema } from "./run-kinds/ml";

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

export const JOB_KINDS = ["backfill", "dbt", "ml", "dashboard-restart"] as const;
export const jobKindSchema = z.enum(JOB_KINDS);
export type JobKind = z.infer<typeof jobKindSchema>;

/** What a queued run waits for, in words a person can act on. */
export const waitingSchema = z.object({
  for: z.enum(["worker", "lock", "spacing", "daily-run", "foreign-build", "doorbell"]),
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

export const receiptSchema = z.discriminatedUnion("kind", [
  backfillReceiptSchema,
  dbtReceiptSchema,
  mlReceiptSchema,
  dashboardRestartReceiptSchema,
]);
export type Receipt = z.infer<typeof receiptSchema>;

/** How far a run is, for kinds that can tell. */
export const progressSchema = z.discriminatedUnion("kind", [
  dbtProgressSchema,
  dashboardRestartProgressSchema,
]);
export type Progress = z.infer<typeof progressSchema>;

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
  log: z.object({
    lines: z.number(),
    bytes: z.number(),
    truncated: z.boolean(),
    /** When it was removed, by age or by size, and that in words; null while it is kept. */
    prunedAt: z.iso.datetime().nullable(),
    prunedText: z.string().nullable(),
  }),
  progress: progressSchema.nullable(),
  receipt: receiptSchema.nullable(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

/** One order: the same kind for one or many sets of parameters; each becomes a run of its own. */
export const createRunsRequestSchema = z.discriminatedUnion("kind", [
  backfillOrderSchema,
  dbtOrderSchema,
  mlOrderSchema,
  dashboardRestartOrderSchema,
]);
export type CreateRunsRequest = z.infer<typeof createRunsRequestSchema>;
export type CreateRunsInput = z.input<typeof createRunsRequestSchema>;
/** The order of one kind. */
export type OrderOf<Kind extends JobKind> = Extract<CreateRunsRequest, { kind: Kind }>;

const runWarningSchema = z.object({
  code: z.enum([
    "flag-off",
    "flag-missing",
    "not-due",
    "daily-run",
    "nothing-missing",
    "warehouse-stale",
    "no-worker",
    "foreign-build",
    "no-effect-expected",
    "project-outdated",
    "tonight-empties",
  ]),
  text: z.string(),
});
export type RunWarning = z.infer<typeof runWarningSchema>;

const previewDetailsSchema = z.discriminatedUnion("kind", [
  dbtPreviewSchema,
  mlPreviewSchema,
  dashboardRestartPreviewSchema,
]);

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
      /** What only this kind has to say before it runs; null for kinds that have nothing. */
      details: previewDetailsSchema.nullable(),
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
  kind: jobKindSchema.optional(),
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
