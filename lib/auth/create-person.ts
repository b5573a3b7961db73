import { hashPassword } from "better-auth/crypto";
import { v7 as uuidv7 } from "uuid";
import { emailSchema, newPasswordSchema } from "@/lib/contracts/auth";
import type { Role } from "@/lib/contracts/roles";
import type { DbOrTransaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { Prisma } from "@/lib/generated/prisma/client";

/** better-auth's name for signing in by password. */
export const PASSWORD_PROVIDER = "credential";

export type NewPerson = { email: string; name: string; password: string; role: Role };

/**
 * A person who signs in by e-mail and password. Whoever calls has made sure that the address is theirs (an
 * invite sent to it, an admin's word), so it counts as verified.
 * @throws AppError `conflict` when the address has an account, ZodError for a password that is too short
 */
export async function createPasswordAccount(
  db: DbOrTransaction,
  { email, name, password, role }: NewPerson,
): Promise<{ id: string }> {
  const id = uuidv7();
  const hash = await hashPassword(newPasswordSchema.parse(password));
  try {
    await db.person.create({
      data: { id, email: emailSchema.parse(email), name, role, emailVerified: true },
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new AppError("conflict", `There is an account with the address ${email} already.`, {
      cause: error,
    });
  }
  await db.account.create({
    data: { id: uuidv7(), userId: id, accountId: id, providerId: PASSWORD_PROVIDER, password: hash },
  });
  return { id };
}

/**
 * Gives a person a new password in place of any other, and ends their sessions but `keepSessionId`, and links by
 * which somebody could set yet another.
 */
export async function setPassword(
  db: DbOrTransaction,
  {
    personId,
    password,
    keepSessionId,
  }: { personId: string; password: string; keepSessionId?: string | null },
): Promise<void> {
  const hash = await hashPassword(newPasswordSchema.parse(password));
  const key = { providerId: PASSWORD_PROVIDER, accountId: personId };
  await db.account.upsert({
    where: { providerId_accountId: key },
    create: { id: uuidv7(), userId: personId, password: hash, ...key },
    update: { password: hash },
  });
  const kept = keepSessionId ? { id: { not: keepSessionId } } : {};
  await db.session.deleteMany({ where: { userId: personId, ...kept } });
  await db.invite.updateMany({
    where: { personId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: new Date(), revokedBy: "a new password" },
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
