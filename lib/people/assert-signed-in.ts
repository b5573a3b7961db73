import type { Actor } from "@/lib/auth/permissions";
import { AppError } from "@/lib/errors";

/**
 * The person and the session behind a request. A token never gets here: who found one must not be able to
 * make himself another, or to lock its person out.
 * @throws AppError `forbidden` for a token
 */
export function assertSignedIn(actor: Actor, what: string): { personId: string; sessionId: string } {
  const { personId, sessionId } = actor;
  if (personId !== null && sessionId !== null) return { personId, sessionId };
  throw new AppError("forbidden", `Sign in to ${what}: an API token cannot.`);
}
