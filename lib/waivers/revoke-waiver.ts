import { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";

export type RevokeWaiver = {
  db: Db;
  /** Who takes it back. */
  actor: Actor;
  id: string;
  now?: () => Date;
};

/**
 * Takes a waiver back, with its audit entry: its game is expected again. Of two who revoke at once, one gets
 * the conflict.
 * @throws AppError `not-found` for a waiver that never was, `conflict` for one that is revoked already
 */
export async function revokeWaiver({
  db,
  actor,
  id,
  now = () => new Date(),
}: RevokeWaiver): Promise<{ id: string; gameDate: string }> {
  // PostgreSQL would refuse to compare anything but a UUID.
  if (!z.uuid().safeParse(id).success) throw notFound();
  return db.$transaction(async (tx) => {
    const revoked = await tx.waiver.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: now(), revokedBy: actor.name },
    });
    const waiver = await tx.waiver.findUnique({ where: { id } });
    if (!waiver) throw notFound();
    if (revoked.count === 0)
      throw new AppError("conflict", `This waiver was revoked already, by ${waiver.revokedBy}.`);
    const { gameDate, game } = waiver;
    await writeAudit(tx, {
      actor,
      action: "waiver.revoke",
      target: `${gameDate} ${game}`,
      params: { id, date: gameDate, game },
      result: "accepted",
    });
    return { id, gameDate };
  });
}

function notFound(): AppError {
  return new AppError("not-found", "There is no such waiver.");
}
