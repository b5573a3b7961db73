import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { getServer } from "@/app/api/server";
import { authenticate } from "@/lib/auth/authenticate";
import type { Viewer } from "@/lib/contracts/auth";
import { signInPath } from "@/lib/contracts/local-path";
import { toAppError } from "@/lib/http/error-response";
import { assertTrustedHost } from "@/lib/http/request-origin";

/** Set by proxy.ts; where it is missing the way in leads to the first page. */
export const PATH_HEADER = "x-backcourt-path";

/** Who a page is for, or why that is not known. */
type Reading = { viewer: Viewer } | { viewer: null; because: "nobody" | "database-away" };

const readViewerOnce = cache(async (): Promise<Reading> => {
  const { authentication, allowedHosts, logger } = getServer();
  const requestHeaders = await headers();
  try {
    assertTrustedHost({ headers: requestHeaders }, allowedHosts);
    const { name, email, role, permissions } = await authenticate(authentication, requestHeaders);
    return { viewer: { name, email, role, permissions: [...permissions] } };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === "unauthenticated" || error.code === "forbidden")
      return { viewer: null, because: "nobody" };
    if (error.code !== "database-unavailable") throw thrown;
    logger.warn({ err: thrown }, "who asks for a page is not known: the database does not answer");
    return { viewer: null, because: "database-away" };
  }
});

/** Who is signed in, for the frame around every page. While the database is away, somebody who may only look. */
export async function readViewer(): Promise<Viewer | null> {
  const reading = await readViewerOnce();
  if (reading.viewer || reading.because === "nobody") return reading.viewer;
  return { name: "Not known now", email: "", role: "viewer", permissions: ["look"] };
}

/**
 * The first line of every page but those that lead in: without a session, on to /sign-in and from there back.
 * Null while the database is away: the page is then drawn without any data, and says so; nothing may be read
 * for it on the server.
 */
export async function requireViewer(): Promise<Viewer | null> {
  const reading = await readViewerOnce();
  if (reading.viewer || reading.because === "database-away") return reading.viewer;
  redirect(signInPath((await headers()).get(PATH_HEADER) ?? "/"));
}
