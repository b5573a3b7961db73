import type { Invite, InvitePurpose } from "@/lib/contracts/access";
import type { Invite as Row } from "@/lib/generated/prisma/client";

/** What is shown of an invite: never its hash. */
export const INVITE_COLUMNS = {
  id: true,
  personId: true,
  email: true,
  role: true,
  invitedBy: true,
  createdAt: true,
  expiresAt: true,
} as const;

/** An invite as the screens and the API show it. */
export function inviteView({ personId, ...invite }: Pick<Row, keyof typeof INVITE_COLUMNS>): Invite {
  return {
    ...invite,
    purpose: purposeOf({ personId }),
    createdAt: invite.createdAt.toISOString(),
    expiresAt: invite.expiresAt.toISOString(),
  };
}

/** What an invite's link is for. */
export function purposeOf({ personId }: Pick<Row, "personId">): InvitePurpose {
  return personId === null ? "join" : "password";
}

/** Those by which somebody could still join at `now`. */
export function pendingInvites(now: Date) {
  return { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } };
}
