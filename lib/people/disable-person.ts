import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { ChangedPerson } from "@/lib/contracts/access";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { revokeLinksOf } from "@/lib/invites/revoke-links-of";
import { findPerson, personLabel } from "./find-person";
import { assertAdminStays, lockAdmins } from "./lock-admins";

export type DisablePerson = { db: Db; actor: Actor; id: string; reason: string; now?: () => Date };

/**
 * Keeps a person out, with its audit entry: their sessions end, unused links that they made open nothing, their
 * tokens are refused until they are enabled again. What they did stays theirs.
 * @throws AppError `not-found`; `conflict` for the last admin, for oneself, and for who is disabled already
 */
export async function disablePerson({
  db,
  actor,
  id,
  reason,
  now = () => new Date(),
}: DisablePerson): Promise<ChangedPerson> {
  return db.$transaction(async (tx) => {
    const admins = await lockAdmins(tx, actor);
    const person = await findPerson(tx, id);
    if (actor.personId === id)
      throw new AppError("conflict", "You cannot disable yourself: ask another admin to do it.");
    assertAdminStays(admins, id, `${person.name} is the only admin: nobody could enable them again.`);
    const disabled = await tx.person.updateMany({
      where: { id, disabledAt: null },
      data: { disabledAt: now(), disabledBy: actor.name, disabledReason: reason },
    });
    if (disabled.count === 0)
      throw new AppError("conflict", `${person.name} is disabled already, by ${person.disabledBy}.`);
    const revokedLinks = await revokeLinksOf(tx, { personId: id, by: actor.name, at: now() });
    const ended = await tx.session.deleteMany({ where: { userId: id } });
    await writeAudit(tx, {
      actor,
      action: "person.disable",
      target: personLabel(person),
      params: { id, endedSessions: ended.count, revokedLinks },
      reason,
      result: "accepted",
    });
    return { id, role: person.role, isDisabled: true, endedSessions: ended.count };
  });
}
