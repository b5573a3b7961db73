import type { OpenSession } from "@/lib/contracts/access";
import type { Session } from "@/lib/generated/prisma/client";

/** What is shown of a session: never its token. */
export const SESSION_COLUMNS = {
  id: true,
  createdAt: true,
  updatedAt: true,
  ipAddress: true,
  userAgent: true,
} as const;

/** A session as the screens and the API show it. */
export function sessionView(session: Pick<Session, keyof typeof SESSION_COLUMNS>): OpenSession {
  return {
    id: session.id,
    startedAt: session.createdAt.toISOString(),
    usedAt: session.updatedAt.toISOString(),
    address: session.ipAddress || null,
    userAgent: session.userAgent || null,
  };
}
