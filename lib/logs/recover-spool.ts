import { rm } from "node:fs/promises";
import type { Db } from "@/lib/db";
import { LOG_LIMITS } from "@/lib/runs/tunables";
import { readLeftSpool } from "./line-spool";
import { type LogOwner, storeLogBatch } from "./store-log-batch";

/**
 * Stores the lines that a killed worker had spooled while the database was away, behind those that the log
 * has, and removes the file. For whoever holds the run's claim now, before the run ends.
 * @returns how many were stored; 0 without a spool, and when it does not continue the log
 */
export async function recoverSpool(db: Db, owner: LogOwner, spoolFile: string): Promise<number> {
  const { logLines } = await db.run.findUniqueOrThrow({
    where: { id: owner.runId },
    select: { logLines: true },
  });
  let lastSeq = logLines;
  for await (const lines of readLeftSpool(spoolFile)) {
    const ahead = lines.filter(({ seq }) => seq > lastSeq);
    for (let from = 0; from < ahead.length; from += LOG_LIMITS.batchLines) {
      const batch = ahead.slice(from, from + LOG_LIMITS.batchLines);
      const result = await storeLogBatch(db, owner, batch, false);
      if (result.kind === "lost") return lastSeq - logLines;
      lastSeq = result.lastSeq;
    }
  }
  await rm(spoolFile, { force: true });
  return lastSeq - logLines;
}
