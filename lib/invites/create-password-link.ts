import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { CreateInviteResponse } from "@/lib/contracts/access";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { findPerson, personLabel } from "@/lib/people/find-person";
import { lockAdmins } from "@/lib/people/lock-admins";
import { makeLink } from "./make-link";

export type CreatePasswordLink = { db: Db; actor: Actor; id: string; now?: () => Date };

/**
 * Makes a link by which a person who has lost the password sets another, with its audit entry. Nothing of
 * theirs changes until it is used.
 * @throws AppError `not-found`; `conflict` for who is disabled; `forbidden` when the actor is no admin any more
 */
export async function createPasswordLink({
  db,
  actor,
  id,
  now = () => new Date(),
}: CreatePasswordLink): Promise<CreateInviteResponse> {
  return db.$transaction(async (tx) => {
    await lockAdmins(tx, actor);
    const person = await findPerson(tx, id);
    if (person.disabledAt)
      throw new AppError(
        "conflict",
        `${person.name} is disabled: enable them before they get a new password.`,
      );
    const { email, role } = person;
    const link = await makeLink(tx, { actor, email, role, personId: id, at: now() });
    await writeAudit(tx, {
      actor,
      action: "person.reset-password",
      target: personLabel(person),
      params: { id, inviteId: link.invite.id, expiresAt: link.invite.expiresAt },
      result: "accepted",
    });
    return link;
  });
}
