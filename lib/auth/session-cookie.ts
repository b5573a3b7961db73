import { createHmac, timingSafeEqual } from "node:crypto";

/** A session that is not used for so long is over; each use begins the time anew. */
export const SESSION_IDLE_DAYS = 7;
/** Nobody stays signed in for longer, however busy. */
export const SESSION_DAYS = 30;

/** The session's cookie under `publicUrl`; `__Host-` binds it to this very host and to https. */
export function sessionCookieName(publicUrl: string): string {
  return publicUrl.startsWith("https:") ? "__Host-backcourt.session" : "backcourt.session";
}

/**
 * The session's token from a Cookie header, where its signature is ours (better-auth's format: token, dot,
 * base64 of HMAC-SHA256, URL-encoded): who reads the database alone cannot make a cookie of what is in it.
 */
export function readSessionToken(cookieHeader: string | null, name: string, secret: string): string | null {
  const value = cookieValue(cookieHeader ?? "", name);
  const dot = value.lastIndexOf(".");
  if (dot < 1) return null;
  const token = value.slice(0, dot);
  const expected = createHmac("sha256", secret).update(token).digest();
  const given = Buffer.from(value.slice(dot + 1), "base64");
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

function cookieValue(header: string, name: string): string {
  for (const part of header.split(";")) {
    const equals = part.indexOf("=");
    if (equals < 0 || part.slice(0, equals).trim() !== name) continue;
    try {
      return decodeURIComponent(part.slice(equals + 1).trim());
    } catch {
      return "";
    }
  }
  return "";
}
