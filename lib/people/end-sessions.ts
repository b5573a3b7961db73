import { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import type { ChangedPerson } from "@/lib/contracts/access";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { assertSignedIn } from "./assert-signed-in";
import { findPerson, personLabel } from "./find-person";

/**
 * Signs a person out everywhere, with its audit entry; they may sign in again.
 * @throws AppError `not-found`
 */
export async function endPersonSessions(options: {
  db: Db;
  actor: Actor;
  id: string;
}): Promise<ChangedPerson> {
  const { db, actor, id } = options;
  return db.$transaction(async (tx) => {
    const person = await findPerson(tx, id);
    const ended = await tx.session.deleteMany({ where: { userId: id } });
    await writeAudit(tx, {
      actor,
      action: "person.end-sessions",
      target: personLabel(person),
      params: { id, endedSessions: ended.count },
      result: "accepted",
    });
    return { id, role: person.role, isDisabled: person.disabledAt !== null, endedSessions: ended.count };
  });
}

/**
 * Ends one of one's own sessions, or all but the one that asks, with its audit entry.
 * @throws AppError `forbidden` for a token, `not-found` for a session that is none of one's own
 */
export async function endOwnSessions(options: {
  db: Db;
  actor: Actor;
  which: { id: string } | "others";
}): Promise<{ ended: number }> {
  const { db, actor, which } = options;
  const { personId, sessionId } = assertSignedIn(actor, "end sessions");
  if (which !== "others" && !z.uuid().safeParse(which.id).success) throw noSession();
  return db.$transaction(async (tx) => {
    const id = which === "others" ? { not: sessionId } : which.id;
    const { count } = await tx.session.deleteMany({ where: { userId: personId, id } });
    if (which !== "others" && count === 0) throw noSession();
    await writeAudit(tx, {
      actor,
      action: "session.end",
      target: which === "others" ? "all other sessions" : which.id,
      params: { endedSessions: count },
      result: "accepted",
    });
    return { ended: count };
  });
}

function noSession(): AppError {
  return new AppError("not-found", "You have no such session: it may have ended already.");
}
