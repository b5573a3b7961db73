import { AppError } from "@/lib/errors";
import type { Invite } from "@/lib/generated/prisma/client";

/**
 * Refuses an invite that opens nothing any more, in words for the person who holds its link.
 * @throws AppError `not-found` for a link that never was, `conflict` for one that was good once
 */
export function assertInviteStands<Row extends Pick<Invite, "acceptedAt" | "revokedAt" | "expiresAt">>(
  invite: Row | null,
  now: Date,
): asserts invite is Row {
  if (!invite)
    throw new AppError("not-found", "This invite is not known. Check that the whole link was copied.");
  if (invite.acceptedAt)
    throw new AppError("conflict", "This invite was used already. Sign in with the password you chose.");
  if (invite.revokedAt)
    throw new AppError(
      "conflict",
      "This link was taken back, or a newer one or another password has taken its place. Ask whoever sent it.",
    );
  if (invite.expiresAt <= now)
    throw new AppError(
      "conflict",
      "This invite has expired after 7 days. Ask whoever sent it for a new one.",
    );
}
