import { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Invite } from "@/lib/generated/prisma/client";
import { purposeOf } from "./invite-view";

export type RevokeInvite = { db: Db; actor: Actor; id: string; now?: () => Date };

/**
 * Takes an invite back, with its audit entry: its link opens nothing any more.
 * @throws AppError `not-found`, `conflict` for one that was used or taken back meanwhile
 */
export async function revokeInvite({
  db,
  actor,
  id,
  now = () => new Date(),
}: RevokeInvite): Promise<{ id: string }> {
  if (!z.uuid().safeParse(id).success) throw notFound();
  return db.$transaction(async (tx) => {
    const revoked = await tx.invite.updateMany({
      where: { id, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now(), revokedBy: actor.name },
    });
    const invite = await tx.invite.findUnique({ where: { id } });
    if (!invite) throw notFound();
    if (revoked.count === 0)
      throw new AppError(
        "conflict",
        invite.acceptedAt
          ? usedAlready(invite)
          : `This invite was taken back already, by ${invite.revokedBy}.`,
      );
    await writeAudit(tx, {
      actor,
      action: "invite.revoke",
      target: invite.email,
      params: { id, email: invite.email, role: invite.role },
      result: "accepted",
    });
    return { id };
  });
}

function usedAlready(invite: Pick<Invite, "personId" | "email">): string {
  return purposeOf(invite) === "join"
    ? `${invite.email} has joined by this invite meanwhile: disable them in the list instead.`
    : `A new password was set for ${invite.email} by this link meanwhile.`;
}

function notFound(): AppError {
  return new AppError("not-found", "There is no such invite.");
}
