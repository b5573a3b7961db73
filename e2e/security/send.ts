import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { inject } from "vitest";
import type { Role } from "@/lib/contracts/roles";

export const STACK = inject("stack");

export type Sent = {
  method?: string;
  /** Sent as it is: nothing of it is normalised on the way. */
  path: string;
  /** Whose session it brings; nobody's unless said. */
  as?: Role;
  headers?: Record<string, string>;
  /** JSON unless it is a text. */
  body?: unknown;
  /** The Origin header; our own unless said, null for none. */
  origin?: string | null;
  /** Another web's than the stack's. */
  port?: number;
  /** Hang up as soon as the answer begins: for streams. */
  headOnly?: boolean;
};

export type Answer = {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
  /** The error code, where the answer is one of ours. */
  code: string | undefined;
};

const AGENT = new Agent({ keepAlive: true, maxSockets: 24 });
const TARGET = new URL(STACK.url);

/** One request as an attacker would put it on the wire. */
export function send(sent: Sent): Promise<Answer> {
  const {
    method = "GET",
    path,
    as,
    headers = {},
    body,
    origin = STACK.url,
    headOnly = false,
    port = Number(TARGET.port),
  } = sent;
  const payload = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        agent: headOnly ? false : AGENT,
        host: TARGET.hostname,
        port,
        method,
        path,
        headers: {
          ...(as ? { cookie: STACK.sessions[as] } : {}),
          ...(origin === null ? {} : { origin }),
          ...(payload === undefined ? {} : { "content-type": "application/json" }),
          ...(payload === undefined ? {} : { "content-length": String(Buffer.byteLength(payload)) }),
          ...headers,
        },
      },
      (response) => {
        const answer = (text: string) =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, code: codeOf(text) });
        if (headOnly) {
          response.on("error", () => {});
          answer("");
          request.destroy();
          return;
        }
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("end", () => answer(Buffer.concat(pieces).toString("utf8")));
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(payload);
  });
}

/** An event stream that stays open. */
export type OpenStream = { status: number; ended: Promise<void>; hangUp(): void };

/** Opens a stream; `ended` resolves when the server closes it. */
export function openStream(
  path: string,
  headers: Record<string, string>,
  port = Number(TARGET.port),
): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ agent: false, host: TARGET.hostname, port, path, headers }, (response) => {
      const ended = new Promise<void>((done) => response.once("close", done));
      response.resume();
      response.on("error", () => {});
      resolve({ status: response.statusCode ?? 0, ended, hangUp: () => request.destroy() });
    });
    request.on("error", reject);
    request.end();
  });
}

function codeOf(text: string): string | undefined {
  try {
    return JSON.parse(text).error?.code;
  } catch {
    return undefined;
  }
}

/** All that the web, or the worker, has printed until now. */
export async function outputOf(program: "web" | "worker"): Promise<string> {
  return (await fetch(`${STACK.outputUrl}/${program}`)).text();
}
