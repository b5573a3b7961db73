import { z } from "zod";

/** Where a line came from; `backcourt` is the worker's own voice (argv, exit, receipt). */
export const LOG_CHANNELS = ["stdout", "stderr", "backcourt"] as const;

export const logLineSchema = z.object({
  /** 1 for the first line of a run, then without a gap. */
  seq: z.number().int().positive(),
  /** When the worker received it. */
  at: z.iso.datetime(),
  channel: z.enum(LOG_CHANNELS),
  /** Without its line end; may hold SGR colour sequences. */
  text: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;

const seqSchema = z.coerce.number().int().min(0).max(1_000_000_000);

export const logPageRequestSchema = z.strictObject({
  /** Lines after this seq. */
  after: seqSchema.default(0),
  limit: z.coerce.number().int().min(1).max(5000).default(2000),
});

export const logPageSchema = z.object({
  lines: z.array(logLineSchema),
  /** Lines stored so far. */
  total: z.number(),
});
export type LogPage = z.infer<typeof logPageSchema>;

/**
 * A line that reports an error, by its text without terminal sequences: the pipeline's programs write Python's
 * `[LEVEL]` prefix, and a crash without logging starts with its traceback. Means the same to JavaScript and
 * PostgreSQL.
 */
export const ERROR_LINE_PATTERN = "\\[(?:ERROR|CRITICAL)\\]|^Traceback \\(most recent call last\\)";

export const logSearchRequestSchema = z
  .strictObject({
    /** A text that the lines hold, whatever the case and without their terminal sequences. */
    q: z
      .string()
      .min(1)
      .max(200)
      .refine((text) => !text.includes("\u0000"), { error: "must not hold a NUL" })
      .optional(),
    level: z.enum(["error"]).optional(),
    /** Only lines after this seq. */
    after: seqSchema.default(0),
  })
  .refine(({ q, level }) => (q === undefined) !== (level === undefined), {
    error: "give either q or level",
  });
export type LogSearchRequest = z.infer<typeof logSearchRequestSchema>;

export const logSearchSchema = z.object({
  /** Lines found, those that are not listed included. */
  total: z.number(),
  /** The seqs of the first ones, ascending. */
  seqs: z.array(z.number()),
  /** There are more than are listed, or the log could not be looked through to its end in time. */
  truncated: z.boolean(),
  /** The last line that was looked at. */
  through: z.number(),
});
export type LogSearch = z.infer<typeof logSearchSchema>;
