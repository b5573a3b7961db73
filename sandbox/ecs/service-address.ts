import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { ControlState } from "./control-state";

export interface ServiceAddress {
  /** Where the running tasks answer. */
  urls(): string[];
  control(): ControlState;
}

/**
 * The service's own address, which stays the same over restarts: it passes each request on to a running task,
 * in turn, and answers 503 while there is none. Not listening yet.
 */
export function createServiceAddress({ urls, control }: ServiceAddress): Server {
  let turn = 0;
  return createServer((request, response) => {
    const { health, page } = control();
    const fault = request.url?.startsWith("/internal/") ? health : page;
    if (fault === "hang") return;
    if (fault === "error") {
      answer(response, 500, "Internal Server Error");
      return;
    }
    const running = urls();
    turn += 1;
    const url = running[turn % running.length];
    if (url === undefined) answer(response, 503, "no task serves");
    else passOn(request, response, url);
  });
}

function passOn(request: IncomingMessage, response: ServerResponse, url: string): void {
  const passed = httpRequest(
    `${url}${request.url ?? "/"}`,
    { method: request.method, headers: { ...request.headers, connection: "close" } },
    (given) => {
      response.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(response);
    },
  );
  // The task went away in the middle.
  passed.on("error", () =>
    response.headersSent ? response.destroy() : answer(response, 502, "the task is gone"),
  );
  request.pipe(passed);
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}
