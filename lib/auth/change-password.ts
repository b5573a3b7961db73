import { verifyPassword } from "better-auth/crypto";
import { writeAudit } from "@/lib/audit/write-audit";
import type { ChangePasswordRequest } from "@/lib/contracts/account";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { PASSWORD_PROVIDER, setPassword } from "./create-person";
import type { Limits } from "./limits";
import type { Actor } from "./permissions";

/**
 * Sets another password for who gives the present one, and ends every other session of theirs. Guessing the
 * present one counts as trying to sign in.
 * @throws AppError `invalid-request`, `conflict` for who has no password, `too-many`
 */
export async function changePassword(
  { db, limits }: { db: Db; limits: Limits },
  { actor, request }: { actor: Actor; request: ChangePasswordRequest },
): Promise<void> {
  const personId = actor.personId ?? "";
  const person = await db.person.findUniqueOrThrow({
    where: { id: personId },
    include: { accounts: { where: { providerId: PASSWORD_PROVIDER } } },
  });
  const hash = person.accounts[0]?.password;
  if (!hash)
    throw new AppError(
      "conflict",
      "You sign in by a provider and have no password here that could be changed.",
    );
  const takeBack = await limits.signIn(person.email, actor.address);
  if (!(await verifyPassword({ hash, password: request.current }))) {
    const fields = [{ path: "current", message: "is not your present password" }];
    throw new AppError("invalid-request", "This is not your present password. Nothing was changed.", {
      fields,
    });
  }
  await takeBack();
  await db.$transaction(async (transaction) => {
    await setPassword(transaction, { personId, password: request.next, keepSessionId: actor.sessionId });
    await writeAudit(transaction, { actor, action: "password.change", params: {}, result: "accepted" });
  });
}
