import { AppError } from "@/lib/errors";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Refuses a request whose Host, or whose proxy's word for it, is none of ours: a page elsewhere that points its
 * own name at this address (DNS rebinding) would otherwise pass as same-origin.
 */
export function assertTrustedHost(request: Pick<Request, "headers">, allowedHosts: readonly string[]): void {
  const forwarded = request.headers.get("x-forwarded-host");
  const hosts = [request.headers.get("host") ?? "", ...(forwarded === null ? [] : forwarded.split(","))];
  const isOurs = (host: string) => LOOPBACK.has(host) || allowedHosts.includes(host);
  if (hosts.map(hostName).every(isOurs)) return;
  throw new AppError(
    "forbidden",
    "This host name is not one of Backcourt's. Add it to ALLOWED_HOSTS if it should be.",
  );
}

/** Refuses a change asked for by another site, or by a form or script that does not say where it comes from. */
export function assertSameOrigin(request: Pick<Request, "headers">, publicUrl: string): void {
  const origin = request.headers.get("origin");
  const host = request.headers.get("host");
  if (origin === publicUrl) return;
  // The same host by the other scheme is another site: http on port 80 is nobody's, or somebody's on the way.
  const scheme = new URL(publicUrl).protocol;
  if (origin && host && origin === `${scheme}//${host}`) return;
  throw new AppError(
    "forbidden",
    "Changes are accepted from Backcourt's own pages only (the Origin header differs).",
  );
}

function hostName(header: string): string {
  const host = header.trim().toLowerCase();
  return host.startsWith("[") ? host.slice(0, host.indexOf("]") + 1) : (host.split(":")[0] ?? "");
}
