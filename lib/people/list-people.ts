import { MAX_LISTED_SESSIONS, type Person } from "@/lib/contracts/access";
import type { Db } from "@/lib/db";
import { livingTokens, TOKEN_COLUMNS, tokenView } from "@/lib/tokens/token-view";
import { SESSION_COLUMNS, sessionView } from "./session-view";

/** Everybody who was ever let in, by name, with their open sessions and the tokens that are in force. */
export async function listPeople(db: Db, now: Date): Promise<Person[]> {
  const isOpen = { expiresAt: { gt: now } };
  const people = await db.person.findMany({
    include: {
      accounts: { select: { providerId: true }, orderBy: { providerId: "asc" } },
      sessions: {
        where: isOpen,
        select: SESSION_COLUMNS,
        orderBy: { createdAt: "desc" },
        take: MAX_LISTED_SESSIONS,
      },
      tokens: { where: livingTokens(now), select: TOKEN_COLUMNS, orderBy: { createdAt: "desc" } },
      _count: { select: { sessions: { where: isOpen } } },
    },
    orderBy: [{ name: "asc" }, { email: "asc" }],
  });
  return people.map((person) => ({
    id: person.id,
    name: person.name,
    email: person.email,
    role: person.role,
    signIn: person.accounts.map(({ providerId }) => providerId),
    createdAt: person.createdAt.toISOString(),
    lastSeenAt: person.lastSeenAt?.toISOString() ?? null,
    disabled: person.disabledAt && {
      at: person.disabledAt.toISOString(),
      by: person.disabledBy,
      reason: person.disabledReason,
    },
    sessionCount: person._count.sessions,
    sessions: person.sessions.map(sessionView),
    tokens: person.tokens.map(tokenView),
  }));
}
