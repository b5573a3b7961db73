import { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { personLabel } from "@/lib/people/find-person";

export type RevokeToken = { db: Db; actor: Actor; id: string; now?: () => Date };

/**
 * Makes a token useless for good, with its audit entry: one's own, or anybody's for who looks after people.
 * Somebody else's token is not there for others.
 * @throws AppError `not-found`, `conflict` for one that is revoked already
 */
export async function revokeToken({
  db,
  actor,
  id,
  now = () => new Date(),
}: RevokeToken): Promise<{ id: string; personId: string }> {
  if (!z.uuid().safeParse(id).success) throw notFound();
  return db.$transaction(async (tx) => {
    const token = await tx.apiToken.findUnique({ where: { id }, include: { person: true } });
    const isOwn = token?.personId === actor.personId;
    if (!token || !(isOwn || actor.permissions.has("people"))) throw notFound();
    const revoked = await tx.apiToken.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: now(), revokedBy: actor.name },
    });
    if (revoked.count === 0)
      throw new AppError("conflict", `The token ${token.name} is revoked already: somebody was faster.`);
    await writeAudit(tx, {
      actor,
      action: "token.revoke",
      target: token.name,
      params: { id, prefix: token.prefix, of: personLabel(token.person) },
      result: "accepted",
    });
    return { id, personId: token.personId };
  });
}

function notFound(): AppError {
  return new AppError("not-found", "There is no such token.");
}
