import { v7 as uuidv7 } from "uuid";
import { createPasswordAccount } from "@/lib/auth/create-person";
import type { Role } from "@/lib/contracts/roles";
import type { Db } from "@/lib/db";
import { type Answer, send } from "./send";

/** The password of every visitor. */
export const PASSWORD = "the-password-of-a-visitor";

/** A person of a test's own. */
export async function visitor(db: Db, role: Role = "viewer"): Promise<{ id: string; email: string }> {
  const email = `${uuidv7()}@backcourt.test`;
  const { id } = await createPasswordAccount(db, { email, name: "A Visitor", password: PASSWORD, role });
  return { id, email };
}

/** An attempt to sign in, as the page makes it. */
export function signIn(
  email: string,
  password = PASSWORD,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send({ method: "POST", path: "/api/auth/sign-in/email", body: { email, password }, headers });
}

/** The session that an answer gives, as a Cookie header has it. */
export function cookieOf(answer: Answer): string {
  return answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}
