import { hashToken } from "@/lib/auth/authenticate";
import type { LookAtInviteRequest, OpenInvite } from "@/lib/contracts/join";
import type { Db } from "@/lib/db";
import { assertInviteStands } from "./invite-standing";
import { purposeOf } from "./invite-view";

/**
 * Whom the holder of a link may become.
 * @throws AppError `not-found` or `conflict` when it opens nothing
 */
export async function lookAtInvite(db: Db, { token }: LookAtInviteRequest, now: Date): Promise<OpenInvite> {
  const invite = await db.invite.findUnique({ where: { tokenHash: hashToken(token) } });
  assertInviteStands(invite, now);
  const { email, role, invitedBy, expiresAt } = invite;
  return { purpose: purposeOf(invite), email, role, invitedBy, expiresAt: expiresAt.toISOString() };
}
