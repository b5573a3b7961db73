import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { ChangedPerson } from "@/lib/contracts/access";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { findPerson, personLabel } from "./find-person";
import { lockAdmins } from "./lock-admins";

export type EnablePerson = { db: Db; actor: Actor; id: string };

/**
 * Lets a disabled person in again, with its audit entry; their tokens are good again too.
 * @throws AppError `not-found`; `conflict` for who is not disabled; `forbidden` when the actor is no admin any more
 */
export async function enablePerson({ db, actor, id }: EnablePerson): Promise<ChangedPerson> {
  return db.$transaction(async (tx) => {
    await lockAdmins(tx, actor);
    const person = await findPerson(tx, id);
    const enabled = await tx.person.updateMany({
      where: { id, disabledAt: { not: null } },
      data: { disabledAt: null, disabledBy: null, disabledReason: null },
    });
    if (enabled.count === 0) throw new AppError("conflict", `${person.name} is not disabled.`);
    // A sign-in that raced with the disabling must not come to life again.
    await tx.session.deleteMany({ where: { userId: id } });
    await writeAudit(tx, {
      actor,
      action: "person.enable",
      target: personLabel(person),
      params: { id, disabledBy: person.disabledBy, disabledReason: person.disabledReason },
      result: "accepted",
    });
    return { id, role: person.role, isDisabled: false, endedSessions: 0 };
  });
}
