import type { Db } from "@/lib/db";

/** When an ML run of ours last changed a prediction, by its receipt; null when none has. */
export async function newestPrediction(db: Db): Promise<string | null> {
  const rows = await db.$queryRaw<{ at: Date }[]>`
    select finished_at as at from backcourt.run
    where kind = 'ml' and finished_at is not null
      and coalesce((receipt->>'newGames')::int, 0) + coalesce((receipt->>'changed')::int, 0) > 0
    order by finished_at desc limit 1`;
  return rows[0]?.at.toISOString() ?? null;
}
