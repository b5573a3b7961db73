import { AppError } from "@/lib/errors";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Refuses a request whose Host is none of ours: a page elsewhere that points its own name at this address
 * (DNS rebinding) would otherwise pass as same-origin.
 */
export function assertTrustedHost(request: Request, allowedHosts: readonly string[]): void {
  const host = hostName(request);
  if (LOOPBACK.has(host) || allowedHosts.includes(host)) return;
  throw new AppError(
    "forbidden",
    "This host name is not one of Backcourt's. Add it to ALLOWED_HOSTS if it should be.",
  );
}

/** Refuses a change asked for by another site, or by a form or script that does not say where it comes from. */
export function assertSameOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  const host = request.headers.get("host");
  if (origin && host && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new AppError(
    "forbidden",
    "Changes are accepted from Backcourt's own pages only (the Origin header differs).",
  );
}

function hostName(request: Request): string {
  const host = request.headers.get("host") ?? "";
  return host.startsWith("[") ? host.slice(0, host.indexOf("]") + 1) : (host.split(":")[0] ?? "");
}
