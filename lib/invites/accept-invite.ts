import { writeAudit } from "@/lib/audit/write-audit";
import { hashToken } from "@/lib/auth/authenticate";
import { createPasswordAccount, setPassword } from "@/lib/auth/create-person";
import type { Actor } from "@/lib/auth/permissions";
import type { AcceptInviteRequest } from "@/lib/contracts/join";
import type { Db, DbOrTransaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Invite } from "@/lib/generated/prisma/client";
import { findPerson } from "@/lib/people/find-person";
import { assertInviteStands } from "./invite-standing";
import { purposeOf } from "./invite-view";

export type AcceptInvite = {
  db: Db;
  /** Where the request comes from; nobody is signed in. */
  from: Pick<Actor, "address" | "userAgent">;
  request: AcceptInviteRequest;
  now?: () => Date;
};

/**
 * Makes the invited person, or gives who is there the new password, with its audit entry; they sign in with it
 * from then on. Of two who use the same link at once, one gets the conflict.
 * @throws AppError `not-found` or `conflict` when the link opens nothing, or the address has an account
 */
export async function acceptInvite({
  db,
  from,
  request: { token, name, password },
  now = () => new Date(),
}: AcceptInvite): Promise<{ personId: string; email: string }> {
  const tokenHash = hashToken(token);
  return db.$transaction(async (tx) => {
    // Held until the end: who uses the same link at the same moment looks at it afterwards.
    await tx.$queryRaw`select from backcourt.invite where token_hash = ${tokenHash} for update`;
    const invite = await tx.invite.findUnique({ where: { tokenHash } });
    assertInviteStands(invite, now());
    await tx.invite.update({ where: { tokenHash }, data: { acceptedAt: now() } });
    const person =
      invite.personId === null
        ? await join(tx, invite, name, password)
        : await renewPassword(tx, invite.personId, password);
    const { email, role, invitedBy } = invite;
    await writeAudit(tx, {
      actor: { name: person.name, personId: person.id, tokenId: null, ...from },
      action: "invite.accept",
      target: email,
      params: { inviteId: invite.id, purpose: purposeOf(invite), name: person.name, role, invitedBy },
      result: "accepted",
    });
    return { personId: person.id, email };
  });
}

type Known = { id: string; name: string };

async function join(
  tx: DbOrTransaction,
  { email, role }: Invite,
  name: string | undefined,
  password: string,
): Promise<Known> {
  if (name === undefined)
    throw new AppError("invalid-request", "Say your name: lists and the audit show it.", {
      fields: [{ path: "name", message: "must not be empty" }],
    });
  const { id } = await createPasswordAccount(tx, { email, name, password, role });
  return { id, name };
}

async function renewPassword(tx: DbOrTransaction, id: string, password: string): Promise<Known> {
  const { name, disabledAt } = await findPerson(tx, id);
  if (disabledAt) throw new AppError("conflict", "This account is disabled. Ask an admin about it.");
  await setPassword(tx, { personId: id, password });
  return { id, name };
}
