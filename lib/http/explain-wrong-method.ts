import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ErrorResponse } from "@/lib/contracts/error-response";

const holder = globalThis as typeof globalThis & { backcourtExplainsMethods?: true };

/** Gives the API's 405s, which Next answers by itself and without a word, the body that every refusal here has. */
export function explainWrongMethods(): void {
  if (holder.backcourtExplainsMethods) return;
  holder.backcourtExplainsMethods = true;
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.url?.startsWith("/api/")) explainWhenRefused(request, response);
  });
}

/** The head is the last moment to announce a body, and the end, which comes without one, the time to send it. */
function explainWhenRefused(request: IncomingMessage, response: ServerResponse): void {
  const { writeHead, end } = response;
  let body: string | undefined;
  response.writeHead = function (this: ServerResponse, ...given: unknown[]) {
    if (given[0] === 405 && !response.hasHeader("content-type")) {
      body = refusalOf(request);
      response.setHeader("content-type", "application/json");
      response.setHeader("content-length", Buffer.byteLength(body));
      response.setHeader("cache-control", "no-store");
    }
    return Reflect.apply(writeHead, response, given);
  } as typeof writeHead;
  response.end = function (this: ServerResponse, ...given: unknown[]) {
    // Without a head so far, it is written on the way: our own runs first then.
    if (!response.headersSent && response.statusCode === 405) response.writeHead(405);
    return Reflect.apply(end, response, body === undefined || request.method === "HEAD" ? given : [body]);
  } as typeof end;
}

function refusalOf({ method = "" }: IncomingMessage): string {
  const answer: ErrorResponse = {
    error: {
      code: "method-not-allowed",
      message: `This address does not answer to ${method}. OPTIONS tells to what it does.`,
      requestId: randomUUID(),
    },
  };
  return JSON.stringify(answer);
}
