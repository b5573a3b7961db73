import { z } from "zod";
import { dbtSelectorSchema } from "../dbt";
import { gameDateSchema } from "../game-date-schema";
import { orderBaseShape } from "./order-base";

/** A build: what is selected (nothing = everything) and whether incremental models are rebuilt. */
export const dbtParamsSchema = z.strictObject({
  select: z.array(dbtSelectorSchema).max(300),
  fullRefresh: z.boolean(),
  /** The run whose failed and skipped nodes these are: in an order, selection and refresh are then that run's. */
  retryOf: z.uuid({ error: "is the id of a run" }).optional(),
});
export type DbtParams = z.infer<typeof dbtParamsSchema>;

export const dbtOrderSchema = z.strictObject({
  kind: z.literal("dbt"),
  params: z.array(dbtParamsSchema).length(1, { error: "is one build" }),
  /** The project's name, typed by the operator: a full refresh of everything asks for it and for a reason. */
  confirm: z.string().max(200).optional(),
  ...orderBaseShape,
});
export type DbtOrder = z.infer<typeof dbtOrderSchema>;

const dbtNodeSchema = z.object({
  uniqueId: z.string(),
  name: z.string(),
  type: z.string(),
  layer: z.string(),
});

/** What a build would do, node by node, in the order in which dbt starts them. */
export const dbtPreviewSchema = z.object({
  kind: z.literal("dbt"),
  nodes: z.array(dbtNodeSchema),
  models: z.number(),
  tests: z.number(),
  everything: z.boolean(),
  /**
   * From earlier runs of the same nodes: the longest way through them, or all of them on four threads, whichever
   * is longer, and dbt's own start. Null when none has been run; `estimatedFrom` nodes have a history.
   */
  estimateSeconds: z.number().nullable(),
  estimatedFrom: z.number(),
  /** What the operator has to type, or null. */
  confirm: z.string().nullable(),
});
export type DbtPreview = z.infer<typeof dbtPreviewSchema>;

export const dbtProgressSchema = z.object({
  kind: z.literal("dbt"),
  total: z.number(),
  done: z.number(),
  passed: z.number(),
  warned: z.number(),
  failed: z.number(),
  skipped: z.number(),
  running: z.array(z.object({ name: z.string(), type: z.string(), startedAt: z.iso.datetime() })),
  /**
   * Seconds until its last node's end: the longest way through what is left, or all of it on dbt's threads,
   * whichever is longer, by the nodes' own history. Null while nothing is known.
   */
  remainingSeconds: z.number().nullable(),
});
export type DbtProgress = z.infer<typeof dbtProgressSchema>;

/** How one node ended, as dbt's `run_results.json` and its structured log say it. */
export const dbtNodeResultSchema = z.object({
  uniqueId: z.string(),
  name: z.string(),
  type: z.string(),
  status: z.enum(["running", "success", "pass", "warn", "fail", "error", "skipped", "cancelled"]),
  startedAt: z.iso.datetime().nullable(),
  seconds: z.number().nullable(),
  rows: z.number().nullable(),
  message: z.string().nullable(),
  /** Whether compiled SQL is kept, to be read one by one. */
  hasSql: z.boolean(),
  /** Median of its own earlier runs; null without any. */
  usualSeconds: z.number().nullable(),
});
export type DbtNodeResult = z.infer<typeof dbtNodeResultSchema>;

/** `GET /api/runs/[id]/nodes`, in the order in which dbt started them. */
export const dbtNodeResultsSchema = z.array(dbtNodeResultSchema);

/** `GET /api/runs/[id]/nodes/[uniqueId]/sql`: what dbt made of a node that failed, secrets masked. */
export const dbtNodeSqlSchema = z.object({ uniqueId: z.string(), name: z.string(), sql: z.string() });
export type DbtNodeSql = z.infer<typeof dbtNodeSqlSchema>;

const momentSchema = z.iso.datetime().nullable();

/**
 * Why a date's silver is still behind bronze after a build. `watermark`: its rows are older than the newest that
 * the incremental model held; `older`, `absent`: as they were, since the build did not make that part of silver.
 */
export const LEFT_BEHIND_CAUSES = ["watermark", "doubled", "older", "absent"] as const;

/** What a build changed, measured in the warehouse before and after. */
export const dbtReceiptSchema = z.object({
  kind: z.literal("dbt"),
  before: z.object({ measuredAt: z.iso.datetime() }),
  /** Null when the warehouse could not be measured afterwards; `unmeasured` says why. */
  after: z.object({ measuredAt: z.iso.datetime() }).nullable(),
  unmeasured: z.string().nullable(),
  /** Dates whose silver was behind bronze before and now is not. */
  mended: z.array(gameDateSchema),
  /** Dates whose silver is behind now, those that this build was to mend first, each with its cause. */
  leftBehind: z.array(
    z.object({
      date: gameDateSchema,
      cause: z.enum(LEFT_BEHIND_CAUSES),
      text: z.string(),
      /** Not behind before this build. */
      isNew: z.boolean(),
      /** Whether what this build selected makes the part of silver that is behind. */
      wanted: z.boolean(),
    }),
  ),
  /** Gold's base tables that this build was to make: rows and build time before and after. */
  gold: z.array(
    z.object({
      table: z.string(),
      rowsBefore: z.number().nullable(),
      rowsAfter: z.number().nullable(),
      /** True where a count would have taken too long and PostgreSQL's own estimate stands for it. */
      isEstimate: z.boolean(),
      builtBefore: momentSchema,
      builtAfter: momentSchema,
    }),
  ),
  models: z.object({ wanted: z.number(), built: z.number(), errored: z.number(), skipped: z.number() }),
  tests: z.object({
    wanted: z.number(),
    passed: z.number(),
    warned: z.number(),
    failed: z.number(),
    skipped: z.number(),
  }),
  /** Names of what failed or was skipped: what "run again from the failure" selects. */
  unfinished: z.array(z.string()),
  /** The build that mends what is left behind. */
  mend: z.object({ select: z.array(z.string()), fullRefresh: z.boolean(), why: z.string() }).nullable(),
  explainedBy: z.object({ seq: z.number(), text: z.string() }).nullable(),
});
export type DbtReceipt = z.infer<typeof dbtReceiptSchema>;
