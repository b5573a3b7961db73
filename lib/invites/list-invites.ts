import type { Invite } from "@/lib/contracts/access";
import type { Db } from "@/lib/db";
import { INVITE_COLUMNS, inviteView, pendingInvites } from "./invite-view";

/** The invites that somebody could still use, newest first. */
export async function listInvites(db: Db, now: Date): Promise<Invite[]> {
  const invites = await db.invite.findMany({
    where: pendingInvites(now),
    select: INVITE_COLUMNS,
    orderBy: { createdAt: "desc" },
  });
  return invites.map(inviteView);
}
