import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { dashboardPage } from "./dashboard-page";
import type { Snapshot } from "./read-marts";

export interface Dashboard {
  /** What `X-Refresh-Token` has to hold. */
  token: string;
  readMarts(): Promise<Snapshot>;
}

/**
 * The dashboard: it reads its marts at the first page request and keeps them, so that it shows old data until
 * it is restarted or told to refresh. Not listening yet.
 */
export function createDashboard({ token, readMarts }: Dashboard): Server {
  let kept: Snapshot | null = null;
  let reading: Promise<Snapshot> | null = null;

  /** Reads once for all who ask meanwhile. A reading that failed leaves what was kept. */
  const read = (): Promise<Snapshot> => {
    reading ??= readMarts()
      .then((snapshot) => {
        kept = snapshot;
        return snapshot;
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? "/", "http://dashboard").pathname;
    if (path === "/" && request.method === "GET") {
      sendHtml(response, dashboardPage(kept ?? (await read())));
      return;
    }
    if (path !== "/internal/health" && path !== "/internal/refresh-data") {
      sendJson(response, 404, { error: "not found" });
      return;
    }
    if (!isToken(request.headers["x-refresh-token"], token)) {
      sendJson(response, 401, { error: "X-Refresh-Token is missing or wrong" });
      return;
    }
    if (path === "/internal/refresh-data") {
      if (request.method !== "POST") {
        sendJson(response, 405, { error: "POST refreshes the data" });
        return;
      }
      await read();
    }
    sendJson(response, 200, {
      has_snapshot: kept !== null,
      last_refreshed_at: kept?.readAt.toISOString() ?? null,
    });
  };

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(`${new Date().toISOString()} ${error instanceof Error ? error.message : error}`);
      sendJson(response, 503, { error: "the warehouse could not be read" });
    });
  });
}

function isToken(given: string | string[] | undefined, token: string): boolean {
  if (typeof given !== "string") return false;
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function sendHtml(response: ServerResponse, html: string): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(html);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
