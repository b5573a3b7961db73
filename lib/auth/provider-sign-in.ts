import { writeAudit } from "@/lib/audit/write-audit";
import { localPath } from "@/lib/contracts/local-path";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Caller } from "./authenticate";
import { ADDRESS_HEADER, type Auth } from "./create-auth";

export type ProviderSignInServer = {
  db: Db;
  auth: Auth;
  publicUrl: string;
  signInProviders: readonly { id: string; label: string }[];
};

/** @throws AppError `not-found` for a provider that is not configured */
export async function beginProviderSignIn(
  { auth, publicUrl, signInProviders }: ProviderSignInServer,
  { provider, to }: { provider: string; to: string },
): Promise<{ url: string; headers: Headers }> {
  assertConfigured(signInProviders, provider);
  const path = localPath(to);
  try {
    const { headers, response } = await auth.api.signInSocial({
      body: {
        provider,
        callbackURL: `${publicUrl}${path}`,
        errorCallbackURL: `${publicUrl}/sign-in?to=${encodeURIComponent(path)}`,
        disableRedirect: true,
      },
      headers: new Headers(),
      returnHeaders: true,
    });
    if (!response.url) throw new Error("The provider's address is missing.");
    return { url: response.url, headers };
  } catch (error) {
    throw new AppError(
      "internal",
      "This provider cannot be reached at the moment. Try again later, or sign in with a password.",
      { cause: error },
    );
  }
}

/** Takes a provider's answer: a session's cookie and on to the page, or to /sign-in with the reason. */
export async function endProviderSignIn(
  { db, auth, publicUrl, signInProviders }: ProviderSignInServer,
  { request, provider, caller }: { request: Request; provider: string; caller: Caller },
): Promise<{ answer: Response; signedIn: boolean }> {
  assertConfigured(signInProviders, provider);
  const began = new Date();
  const answer = await auth.handler(asSeenOutside(request, publicUrl, caller));
  const location = new URL(answer.headers.get("location") ?? "/sign-in", publicUrl);
  const problem = location.pathname === "/sign-in" ? (location.searchParams.get("error") ?? "unknown") : null;
  // A provider's own words could say anything; ours stand for each code.
  location.searchParams.delete("error_description");
  const headers = new Headers({ location: location.href, "cache-control": "no-store" });
  for (const cookie of answer.headers.getSetCookie()) headers.append("set-cookie", cookie);
  await audit(db, { provider, caller, problem, answer, began });
  return { answer: new Response(null, { status: 302, headers }), signedIn: problem === null };
}

/** The request under the console's public address, without what a client or a proxy wrote of its way. */
function asSeenOutside(request: Request, publicUrl: string, { address, userAgent }: Caller): Request {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers({ cookie: request.headers.get("cookie") ?? "", "user-agent": userAgent ?? "" });
  if (address) headers.set(ADDRESS_HEADER, address);
  return new Request(`${publicUrl}${pathname}${search}`, { headers });
}

async function audit(
  db: Db,
  {
    provider,
    caller,
    problem,
    answer,
    began,
  }: { provider: string; caller: Caller; problem: string | null; answer: Response; began: Date },
): Promise<void> {
  const person = problem === null ? await newestSessionsPerson(db, answer) : null;
  await writeAudit(db, {
    actor: { ...caller, name: person?.name ?? "unknown", personId: person?.id ?? null, tokenId: null },
    action: "session.sign-in",
    target: person?.email,
    params: { method: provider, ...(person && madeBy(person, provider, began)) },
    result: problem === null ? "accepted" : "forbidden",
    message: problem ?? undefined,
  });
}

type Known = { createdAt: Date; accounts: readonly { providerId: string; createdAt: Date }[] };

/** What this sign-in has made beside a session: a person, or another way in for one who was there. */
function madeBy({ createdAt, accounts }: Known, provider: string, began: Date): { made?: string } {
  if (createdAt >= began) return { made: "person" };
  const isNew = accounts.some((account) => account.providerId === provider && account.createdAt >= began);
  return isNew ? { made: "way in" } : {};
}

/** Whose session the answer's cookie is. */
async function newestSessionsPerson(db: Db, answer: Response) {
  for (const cookie of answer.headers.getSetCookie()) {
    const value = decodeURIComponent(cookie.slice(cookie.indexOf("=") + 1).split(";")[0] ?? "");
    const token = value.slice(0, Math.max(0, value.lastIndexOf(".")));
    if (!token) continue;
    const include = { person: { include: { accounts: { select: { providerId: true, createdAt: true } } } } };
    const session = await db.session.findUnique({ where: { token }, include });
    if (session) return session.person;
  }
  return null;
}

function assertConfigured(providers: ProviderSignInServer["signInProviders"], provider: string): void {
  if (!providers.some(({ id }) => id === provider))
    throw new AppError("not-found", "There is no such way in here.");
}
