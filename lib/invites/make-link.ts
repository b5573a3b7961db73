import { hashToken } from "@/lib/auth/authenticate";
import type { Actor } from "@/lib/auth/permissions";
import type { CreateInviteResponse } from "@/lib/contracts/access";
import type { Role } from "@/lib/contracts/roles";
import type { DbOrTransaction } from "@/lib/db";
import { randomSecret } from "@/lib/tokens/random-secret";
import { INVITE_COLUMNS, inviteView, pendingInvites } from "./invite-view";

const VALID_MS = 7 * 86_400_000;

type Link = { actor: Actor; email: string; role: Role; personId: string | null; at: Date };

/**
 * Stores a link for one address, seven days good; its secret is in this answer and nowhere else afterwards.
 * Earlier links for the same address end, so that one person never holds two.
 */
export async function makeLink(
  tx: DbOrTransaction,
  { actor, email, role, personId, at }: Link,
): Promise<CreateInviteResponse> {
  const secret = randomSecret();
  await tx.invite.updateMany({
    where: { email, ...pendingInvites(at) },
    data: { revokedAt: at, revokedBy: actor.name },
  });
  const created = await tx.invite.create({
    data: {
      email,
      role,
      personId,
      tokenHash: hashToken(secret),
      invitedBy: actor.name,
      createdAt: at,
      expiresAt: new Date(at.getTime() + VALID_MS),
    },
    select: INVITE_COLUMNS,
  });
  return { invite: inviteView(created), path: `/join#${secret}` };
}
