import { z } from "zod";
import { logLineSchema } from "./log";
import { runSummarySchema } from "./runs";

/**
 * The one event stream of a tab, `GET /api/stream[?run=ID&after=SEQ]`. Every frame is one JSON `data:` line;
 * a `lines` frame carries the seq of its last line as the event id, so a reconnect resumes behind it.
 */
export const streamFrameSchema = z.discriminatedUnion("type", [
  /** First frame of every connection: the reader is subscribed, replay follows. */
  z.object({ type: z.literal("hello") }),
  z.object({ type: z.literal("lines"), runId: z.string(), lines: z.array(logLineSchema) }),
  /** A run was created or changed its state. */
  z.object({ type: z.literal("run"), run: runSummarySchema }),
  /** Every line of a finished run has been sent. */
  z.object({ type: z.literal("end-of-log"), runId: z.string() }),
  /** Coverage of these dates may have changed (a run ended, a game was waived): read it again. */
  z.object({ type: z.literal("coverage"), dates: z.array(z.string()) }),
  /** A worker has seen something anew that only workers see (dbt's project, the dashboard's service). */
  z.object({ type: z.literal("observation"), key: z.string() }),
  /** Last frame: the reader's session is over (signed out, disabled, expired), or their token is. */
  z.object({ type: z.literal("session-ended") }),
  /** Last frame: the reader may now do other things than before; ask for the page again. */
  z.object({ type: z.literal("viewer-changed") }),
]);
export type StreamFrame = z.infer<typeof streamFrameSchema>;

export const streamRequestSchema = z.strictObject({
  run: z.uuid({ error: "is the id of a run" }).optional(),
  after: z.coerce.number().int().min(0).optional(),
});
