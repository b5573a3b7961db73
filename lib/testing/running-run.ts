import { v7 as uuidv7 } from "uuid";
import type { Db } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";

/** Stores a run that a worker has claimed: its id and the claim's token. `changes` overrides any column. */
export async function createRunningRun(
  db: Db,
  changes: Partial<Prisma.RunUncheckedCreateInput> = {},
): Promise<{ runId: string; token: string }> {
  const [runId, token] = [uuidv7(), uuidv7()];
  await db.run.create({
    data: {
      id: runId,
      kind: "backfill",
      params: { runDate: "2026-11-21" },
      title: "Backfill",
      state: "running",
      startedAt: new Date(),
      leaseUntil: new Date(Date.now() + 600_000),
      claimToken: token,
      argv: ["true"],
      cwd: "/",
      lockKey: `lock:${runId}`,
      targetKey: `backfill:${runId}`,
      requestedBy: "test",
      ...changes,
    },
  });
  return { runId, token };
}
