import { createHmac, randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { sessionCookieName } from "@/lib/auth/session-cookie";
import type { Role } from "@/lib/contracts/roles";
import type { Db } from "@/lib/db";

/** The AUTH_SECRET of tests that call routes in their own process. */
export const TEST_AUTH_SECRET = "a-secret-of-tests-that-guards-nothing";

/** A person of that role with a session, and the Cookie header that shows it to routes in this process. */
export async function signedInPerson(
  db: Db,
  role: Role,
  { publicUrl = "http://127.0.0.1:3000" }: { publicUrl?: string } = {},
): Promise<{ personId: string; sessionId: string; cookie: string }> {
  const [personId, sessionId, token] = [uuidv7(), uuidv7(), randomBytes(16).toString("hex")];
  await db.person.create({
    data: { id: personId, name: `A ${role}`, email: `${personId}@backcourt.test`, role, emailVerified: true },
  });
  const expiresAt = new Date(Date.now() + 86_400_000);
  await db.session.create({ data: { id: sessionId, userId: personId, token, expiresAt } });
  return { personId, sessionId, cookie: cookieOf(token, publicUrl) };
}

/** better-auth's signed cookie of a session's token. */
export function cookieOf(token: string, publicUrl: string, secret = TEST_AUTH_SECRET): string {
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  return `${sessionCookieName(publicUrl)}=${encodeURIComponent(`${token}.${signature}`)}`;
}
