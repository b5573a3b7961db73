import type { DbOrTransaction } from "@/lib/db";
import type { ActiveWaiver } from "@/lib/warehouse/judge-games";

/** The waivers in force, of all dates: a handful a season. */
export async function listWaivers(db: DbOrTransaction): Promise<ActiveWaiver[]> {
  return db.waiver.findMany({
    where: { revokedAt: null },
    select: { id: true, gameDate: true, game: true, reason: true, waivedBy: true, waivedAt: true },
    orderBy: [{ gameDate: "asc" }, { game: "asc" }],
  });
}
