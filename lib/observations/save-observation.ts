import type { Db } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";

/** What a worker saw, or why it could not. */
export type Seen = { value: unknown } | { problem: string };

/**
 * Stores what a worker saw now under `key`, by the database's clock. A problem keeps the last value beside
 * it: what was known stays to be shown as old.
 */
export async function saveObservation(
  db: Db,
  { key, worker, seen }: { key: string; worker: string; seen: Seen },
): Promise<void> {
  const observedAt = await databaseNow(db);
  const problem = "problem" in seen ? seen.problem : null;
  const change =
    "problem" in seen
      ? { problem, checkedAt: observedAt, worker }
      : { problem, value: seen.value as Prisma.InputJsonValue, observedAt, checkedAt: observedAt, worker };
  await db.observation.upsert({
    where: { key },
    update: change,
    create: { key, observedAt: "value" in seen ? observedAt : null, ...change },
  });
}

async function databaseNow(db: Db): Promise<Date> {
  const rows = await db.$queryRaw<{ now: Date }[]>`select now() as now`;
  return rows[0]?.now ?? new Date();
}
