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

export const logPageRequestSchema = z.strictObject({
  /** Lines after this seq. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(5000).default(2000),
});

export const logPageSchema = z.object({
  lines: z.array(logLineSchema),
  /** Lines stored so far. */
  total: z.number(),
});
export type LogPage = z.infer<typeof logPageSchema>;
