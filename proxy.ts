import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { getWebEnv } from "@/lib/env";
import { DATA_POLICY, pagePolicy, securityHeaders } from "@/lib/http/security-headers";

/**
 * Gives every answer its security headers, and pages a nonce and their own address (for the way back after
 * signing in), over whatever the client sent by these names. It lets nobody in and keeps nobody out: routes and
 * pages do that themselves, so that there is nothing to gain by getting around it.
 */
export function proxy(request: NextRequest): NextResponse {
  const { PUBLIC_URL = "", NODE_ENV } = getWebEnv();
  const https = PUBLIC_URL.startsWith("https:");
  const nonce = randomBytes(16).toString("base64");
  const { pathname, search } = request.nextUrl;
  const policy = pathname.startsWith("/api/")
    ? DATA_POLICY
    : pagePolicy({ nonce, https, development: NODE_ENV === "development" });

  const headers = new Headers(request.headers);
  headers.set("x-backcourt-path", `${pathname}${search}`);
  headers.set("x-nonce", nonce);
  // From here Next takes the nonce for its own scripts.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(securityHeaders({ https }))) response.headers.set(name, value);
  return response;
}

export const config = { matcher: ["/((?!_next/static/|icon.svg$).*)"] };
