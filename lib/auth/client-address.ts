import { isIP } from "node:net";

/** Set by lib/http/name-peers.ts from the socket; the process's own key before it tells that no client did. */
export const PEER_HEADER = "x-backcourt-peer";

const holder = globalThis as typeof globalThis & { backcourtPeerKey?: string };

/**
 * The address that a request comes from: its socket's, or, where that is a trusted proxy, the nearest address
 * in X-Forwarded-For that is none. What a client says of itself never counts. Null when nothing is known.
 */
export function clientAddress(
  headers: Headers,
  trustedProxies: readonly string[],
  peerKey = holder.backcourtPeerKey,
): string | null {
  const peer = peerAddress(headers.get(PEER_HEADER), peerKey);
  if (peer === null || !trustedProxies.includes(peer)) return peer;
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => plainAddress(bareHop(hop)));
  const nearest = hops.findLast((hop) => hop === null || !trustedProxies.includes(hop));
  return nearest ?? peer;
}

/**
 * What attempts are counted by: the address, or of an IPv6 one its first 64 bits, since whoever has one address
 * there has all 2^64 of that network.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const { hostname } = new URL(`http://[${address.split("%")[0]}]`);
  const [head = "", tail = ""] = hostname.slice(1, -1).split("::");
  const [before, after] = [head, tail].map((part) => part.split(":").filter(Boolean)) as [string[], string[]];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return `${[...before, ...zeros, ...after].slice(0, 4).join(":")}::/64`;
}

function peerAddress(header: string | null, key: string | undefined): string | null {
  const [sentKey, address = ""] = (header ?? "").split(" ");
  return key !== undefined && sentKey === key ? plainAddress(address) : null;
}

/** Some proxies write the client's port beside its address: `203.0.113.7:40112`, `[2001:db8::1]:40112`. */
function bareHop(hop: string): string {
  const text = hop.trim();
  const [, inBrackets, beforePort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? [];
  return inBrackets ?? beforePort ?? text;
}

/** IPv4 that comes over an IPv6 socket, as IPv4. */
function plainAddress(text: string): string | null {
  const address = text.toLowerCase().replace(/^::ffff:(?=\d+\.)/, "");
  return isIP(address) === 0 ? null : address;
}
