import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

let mending = false;

/**
 * Lets no address reach Next that it cannot decode, such as `/runs/%c0%ae`: it would answer 500 before any of our
 * code is asked. The mended one names nothing that exists, and is answered as such.
 */
export function mendAddresses(): void {
  if (mending) return;
  mending = true;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    if (request.url !== undefined) request.url = mendAddress(request.url);
  });
}

/** The address with U+FFFD in the place of each segment of its path that is no UTF-8. */
export function mendAddress(address: string): string {
  const [path = "", ...query] = address.split("?");
  if (isDecodable(path)) return address;
  const segments = path.split("/").map((segment) => (isDecodable(segment) ? segment : "%EF%BF%BD"));
  return [segments.join("/"), ...query].join("?");
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
