import type { z } from "zod";
import type { Db } from "@/lib/db";

/** What a worker last saw under a key. */
export type Observed<Value> = {
  /** The last that was seen, however old; null when it never was, or another version of Backcourt wrote it. */
  value: Value | null;
  /** When `value` was seen. */
  observedAt: Date | null;
  /** Why the last look saw nothing; null when it did. */
  problem: string | null;
  /** When a worker last looked, and which. */
  checkedAt: Date;
  worker: string;
};

/** The last observation of `key`; null when no worker has looked yet. */
export async function readObservation<Value>(
  db: Db,
  key: string,
  schema: z.ZodType<Value>,
): Promise<Observed<Value> | null> {
  const row = await db.observation.findUnique({ where: { key } });
  if (!row) return null;
  const parsed = schema.safeParse(row.value);
  return {
    value: parsed.success ? parsed.data : null,
    observedAt: row.observedAt,
    problem: row.problem,
    checkedAt: row.checkedAt,
    worker: row.worker,
  };
}
