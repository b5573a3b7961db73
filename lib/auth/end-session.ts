import { writeAudit } from "@/lib/audit/write-audit";
import type { Db } from "@/lib/db";
import type { Announce } from "@/lib/events/channel";
import type { AuthenticateOptions } from "./authenticate";
import type { Actor } from "./permissions";
import { readSessionToken } from "./session-cookie";

/** Ends the actor's own session. Its cookie is worthless from now on, wherever it was copied to. */
export async function endSession(
  { db, announce }: { db: Db; announce: Announce },
  actor: Actor,
): Promise<void> {
  if (actor.sessionId === null || actor.personId === null) return;
  const { sessionId, personId } = actor;
  await db.$transaction(async (transaction) => {
    await transaction.session.deleteMany({ where: { id: sessionId } });
    await writeAudit(transaction, { actor, action: "session.sign-out", params: {}, result: "accepted" });
  });
  await announce({ type: "person", personId });
}

/** Ends the session whose cookie came with a sign-in that has begun another: it is nobody's any more. */
export async function endReplacedSession(
  { authentication }: { authentication: AuthenticateOptions },
  headers: Headers,
): Promise<void> {
  const { db, cookieName, secret } = authentication;
  const token = readSessionToken(headers.get("cookie"), cookieName, secret);
  if (token !== null) await db.session.deleteMany({ where: { token } });
}
