import type { Actor } from "@/lib/auth/permissions";
import { MAX_LISTED_SESSIONS } from "@/lib/contracts/access";
import type { Account } from "@/lib/contracts/account";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { livingTokens, TOKEN_COLUMNS, tokenView } from "@/lib/tokens/token-view";
import { SESSION_COLUMNS, sessionView } from "./session-view";

/**
 * One's own account: how one signs in, where one is signed in, which tokens one has.
 * @throws AppError `not-found` for who acts without being a person
 */
export async function getAccount(db: Db, actor: Actor, now: Date): Promise<Account> {
  const isOpen = { expiresAt: { gt: now } };
  const person =
    actor.personId === null
      ? null
      : await db.person.findUnique({
          where: { id: actor.personId },
          include: {
            accounts: { select: { providerId: true }, orderBy: { providerId: "asc" } },
            sessions: { where: isOpen, select: SESSION_COLUMNS, orderBy: { createdAt: "desc" } },
            tokens: { where: livingTokens(now), select: TOKEN_COLUMNS, orderBy: { createdAt: "desc" } },
          },
        });
  if (!person) throw new AppError("not-found", "Nobody is signed in, so there is no account to show.");
  const sessions = person.sessions
    .map((session) => ({ ...sessionView(session), isThisOne: session.id === actor.sessionId }))
    .sort((a, b) => Number(b.isThisOne) - Number(a.isThisOne));
  return {
    name: person.name,
    email: person.email,
    role: person.role,
    createdAt: person.createdAt.toISOString(),
    signIn: person.accounts.map(({ providerId }) => providerId),
    sessions: sessions.slice(0, MAX_LISTED_SESSIONS),
    sessionCount: sessions.length,
    tokens: person.tokens.map(tokenView),
  };
}
