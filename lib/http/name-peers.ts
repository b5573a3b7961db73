import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { PEER_HEADER } from "@/lib/auth/client-address";

const holder = globalThis as typeof globalThis & { backcourtPeerKey?: string };

/**
 * Writes each request's socket address into a header of its own, over whatever the client sent under that
 * name: Next hands a request on without its socket. The process's random key before it cannot be guessed.
 */
export function namePeers(): void {
  if (holder.backcourtPeerKey !== undefined) return;
  const key = randomBytes(16).toString("hex");
  holder.backcourtPeerKey = key;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[PEER_HEADER] = `${key} ${request.socket.remoteAddress ?? ""}`;
  });
}
