import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { type Answer, answerPage } from "./answer-page";
import { type ControlState, NO_FAULTS, parseControlState } from "./control-state";
import type { ControlStore } from "./control-store";

const MINUTE_MS = 60_000;
const LONGEST_BODY = 64 * 1024;

export interface StatsSource {
  /** The Eastern date that the season is built around. */
  anchorDate: string;
  control: ControlStore;
  /** The clock that decides which games are over; default the machine's. */
  now?: () => Date;
}

/** The statistics site and, beside its pages, `/control` for making it misbehave. Not listening yet. */
export function createStatsSource({ anchorDate, control, now = () => new Date() }: StatsSource): Server {
  const answered: number[] = [];

  /** Counts a request against the limit; false when it is one too many. Refused ones do not count. */
  const withinLimit = (limit: ControlState["rateLimit"]): boolean => {
    const moment = now().getTime();
    while (answered[0] !== undefined && answered[0] <= moment - MINUTE_MS) answered.shift();
    if (limit !== false && answered.length >= limit) return false;
    answered.push(moment);
    return true;
  };

  const answerSite = async (url: URL, request: IncomingMessage): Promise<Answer | "cut"> => {
    const state = control.get();
    if (state.slowMs > 0) await delay(state.slowMs);
    if (state.down === "destroy") return "cut";
    if (state.down === "503") return { status: 503, body: "Service Unavailable" };
    if (!withinLimit(state.rateLimit)) return { status: 429, body: "Too Many Requests" };
    if (request.method !== "GET") return { status: 405, body: "Method Not Allowed" };
    return answerPage(url, { anchorDate, now: now(), control: state });
  };

  return createServer((request, response) => {
    // Node allows only a path here; the host is made up so that it parses.
    const url = new URL(request.url ?? "/", "http://stats-source");
    const answer = url.pathname === "/control" ? answerControl(request, control) : answerSite(url, request);
    answer.then(
      (given) => (given === "cut" ? request.socket.destroy() : send(response, given)),
      (error: unknown) => send(response, { status: 500, body: String(error) }),
    );
  });
}

async function answerControl(request: IncomingMessage, control: ControlStore): Promise<Answer> {
  if (request.method === "PUT") {
    let state: ControlState;
    try {
      state = parseControlState(await readBody(request));
    } catch (error) {
      return { status: 400, body: error instanceof Error ? error.message : String(error) };
    }
    control.set(state);
  } else if (request.method === "DELETE") {
    control.set(NO_FAULTS);
  } else if (request.method !== "GET") {
    return { status: 405, body: "GET shows the faults, PUT replaces them all, DELETE clears them" };
  }
  return { status: 200, body: control.get() };
}

async function readBody(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let text = "";
  for await (const part of request) {
    text += part;
    if (text.length > LONGEST_BODY) throw new Error(`the control document is longer than ${LONGEST_BODY}`);
  }
  return text;
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/plain; charset=utf-8" : "application/json" });
  response.end(isText ? `${body}\n` : JSON.stringify(body));
}
