import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type RunRecord, recordFile } from "./run-record";

const identitySchema = z.object({ pid: z.number().int().positive(), startTime: z.string().nullable() });

const recordSchema = z.object({
  runId: z.string(),
  worker: identitySchema,
  supervisor: identitySchema,
  program: identitySchema.nullable(),
  orderedAt: z.string(),
  notStarted: z.string().nullable(),
  ended: z
    .object({ exitCode: z.number().nullable(), signal: z.string().nullable(), at: z.string() })
    .nullable(),
  lost: z.object({ why: z.enum(["gone", "silent"]), at: z.string() }).nullable(),
  signals: z.array(z.enum(["SIGINT", "SIGTERM", "SIGKILL"])),
  allGoneAt: z.string().nullable(),
}) satisfies z.ZodType<RunRecord>;

/** The record in a run's folder; null where there is none that can be read. */
export async function readRecord(folder: string): Promise<RunRecord | null> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(recordFile(folder), "utf8")));
  } catch {
    // Torn by a full disk, or of another version: what it would have told is then not known.
    return null;
  }
}
