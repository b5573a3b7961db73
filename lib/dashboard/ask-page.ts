import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

export type PageQuestion = {
  url: string;
  method: "GET" | "POST";
  headers?: Record<string, string>;
  timeoutMs: number;
  signal?: AbortSignal;
};

/** What a page answered; a redirect is an answer, and is not followed. */
export type PageAnswer =
  | { status: number; body: string; tookMs: number }
  | { failure: string; tookMs: number };

/** Of a page's body only so much is read: the health page is small, of others nothing is needed. */
const BODY_BYTES = 64 * 1024;

/**
 * Asks one page over a connection of its own, so that a task that went away cannot be mistaken for one that
 * does not answer. Never rejects.
 */
export function askPage({ url, method, headers = {}, timeoutMs, signal }: PageQuestion): Promise<PageAnswer> {
  const startedAt = performance.now();
  const tookMs = () => Math.round(performance.now() - startedAt);
  return new Promise((resolve) => {
    const send = url.startsWith("https:") ? httpsRequest : httpRequest;
    const timeout = AbortSignal.timeout(timeoutMs);
    const stop = signal ? AbortSignal.any([signal, timeout]) : timeout;
    const fail = (error: Error) => {
      const failure = timeout.aborted ? `no answer within ${timeoutMs / 1_000} s` : failureText(error);
      resolve({ failure, tookMs: tookMs() });
    };
    const request = send(url, { method, headers, agent: false, signal: stop }, (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        if (bytes < BODY_BYTES) parts.push(part);
        bytes += part.length;
      });
      response.once("error", fail);
      response.once("end", () => {
        const body = Buffer.concat(parts).toString("utf8").slice(0, BODY_BYTES);
        resolve({ status: response.statusCode ?? 0, body, tookMs: tookMs() });
      });
    });
    request.once("error", fail);
    request.end();
  });
}

function failureText(error: Error): string {
  const code = "code" in error ? String(error.code) : "";
  switch (code) {
    case "ECONNREFUSED":
      return "the connection was refused";
    case "ECONNRESET":
    case "EPIPE":
      return "the connection was cut";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "its host name is not known";
    default:
      return code || error.message;
  }
}
