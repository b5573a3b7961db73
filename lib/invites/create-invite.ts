import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { CreateInviteRequest, CreateInviteResponse } from "@/lib/contracts/access";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { lockAdmins } from "@/lib/people/lock-admins";
import { makeLink } from "./make-link";

export type CreateInvite = { db: Db; actor: Actor; request: CreateInviteRequest; now?: () => Date };

/**
 * Makes a link by which one person may join, with its audit entry.
 * @throws AppError `conflict` for the address of somebody who is there already; `forbidden` when the actor is no
 * admin any more
 */
export async function createInvite({
  db,
  actor,
  request: { email, role },
  now = () => new Date(),
}: CreateInvite): Promise<CreateInviteResponse> {
  return db.$transaction(async (tx) => {
    await lockAdmins(tx, actor);
    if (await tx.person.findUnique({ where: { email } }))
      throw new AppError("conflict", `${email} has an account already: open it in the list instead.`);
    const link = await makeLink(tx, { actor, email, role, personId: null, at: now() });
    const { id, expiresAt } = link.invite;
    await writeAudit(tx, {
      actor,
      action: "invite.create",
      target: email,
      params: { id, email, role, expiresAt },
      result: "accepted",
    });
    return link;
  });
}
