import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { ChangedPerson } from "@/lib/contracts/access";
import type { Role } from "@/lib/contracts/roles";
import type { Db } from "@/lib/db";
import { revokeLinksOf } from "@/lib/invites/revoke-links-of";
import { findPerson, personLabel } from "./find-person";
import { assertAdminStays, lockAdmins } from "./lock-admins";

export type ChangeRole = { db: Db; actor: Actor; id: string; role: Role };

/**
 * Gives a person another role, with its audit entry; it holds from their next request on, tokens included.
 * Unused links that an admin made end with the role: who opens them would have been let in by nobody.
 * @throws AppError `not-found`; `conflict` for the last admin's; `forbidden` when the actor is none any more
 */
export async function changeRole({ db, actor, id, role }: ChangeRole): Promise<ChangedPerson> {
  return db.$transaction(async (tx) => {
    const admins = await lockAdmins(tx, actor);
    const person = await findPerson(tx, id);
    if (role !== "admin")
      assertAdminStays(
        admins,
        id,
        `${person.name} is the only admin: nobody could look after people any more.`,
      );
    await tx.person.update({ where: { id }, data: { role } });
    const isDemoted = person.role === "admin" && role !== "admin";
    const revokedLinks = isDemoted
      ? await revokeLinksOf(tx, { personId: id, by: actor.name, at: new Date() })
      : 0;
    await writeAudit(tx, {
      actor,
      action: "person.change-role",
      target: personLabel(person),
      params: { id, from: person.role, to: role, ...(isDemoted && { revokedLinks }) },
      result: "accepted",
    });
    return { id, role, isDisabled: person.disabledAt !== null, endedSessions: 0 };
  });
}
