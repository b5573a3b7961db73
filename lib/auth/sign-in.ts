import type { APIError } from "better-auth/api";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Caller } from "./authenticate";
import { ADDRESS_HEADER, type Auth } from "./create-auth";

export type SignInOptions = { db: Db; auth: Auth };

/** One answer for a wrong password, an unknown address and an account without a password. */
const WRONG = "This e-mail address and password do not belong together.";

/**
 * Begins a session for who gives the right password, and gives its cookies. A hash is computed for unknown
 * addresses too, so that the time of the answer tells nothing.
 * @throws AppError `unauthenticated`, `forbidden` for a person who is disabled (their password was right)
 */
export async function signInByPassword(
  { db, auth }: SignInOptions,
  { email, password, caller }: { email: string; password: string; caller: Caller },
): Promise<Headers> {
  const { headers, response } = await begin(auth, email, password, caller);
  await writeAudit(db, {
    // The caller first: at a route it is nobody, under a name of its own.
    actor: { ...caller, name: response.user.name, personId: response.user.id, tokenId: null },
    action: "session.sign-in",
    target: email,
    params: { method: "password" },
    result: "accepted",
  });
  return headers;
}

async function begin(auth: Auth, email: string, password: string, caller: Caller) {
  const headers = new Headers({ "user-agent": caller.userAgent ?? "" });
  if (caller.address) headers.set(ADDRESS_HEADER, caller.address);
  try {
    return await auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true });
  } catch (error) {
    if (!isApiError(error)) throw error;
    if (error.body?.code === "person_disabled") {
      throw new AppError("forbidden", "This account is disabled. An admin can enable it again.", {
        cause: error,
      });
    }
    if (error.statusCode >= 500) throw error;
    throw new AppError("unauthenticated", WRONG, { cause: error });
  }
}

/** A refusal of better-auth's, told by its shape: the production build loads its class more than once. */
function isApiError(error: unknown): error is APIError {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
}
