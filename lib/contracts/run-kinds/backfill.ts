import { z } from "zod";
import { adviceSchema, dateStateSchema, gameStandingSchema } from "../coverage";
import { gameDateSchema } from "../game-date-schema";
import { orderBaseShape } from "./order-base";

export const backfillParamsSchema = z.strictObject({ runDate: gameDateSchema });
export type BackfillParams = z.infer<typeof backfillParamsSchema>;

/** One order for one or many dates; each becomes a run of its own. */
export const backfillOrderSchema = z.strictObject({
  kind: z.literal("backfill"),
  params: z.array(backfillParamsSchema).min(1, { error: "needs at least one date" }).max(200),
  ...orderBaseShape,
});
export type BackfillOrder = z.infer<typeof backfillOrderSchema>;

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
