import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { dateCoverageSchema, seasonCoverageSchema } from "@/lib/contracts/coverage";
import { logPageSchema } from "@/lib/contracts/log";
import {
  createRunsResponseSchema,
  listRunsResponseSchema,
  type RunDetail,
  type RunState,
  runDetailSchema,
  runSummarySchema,
} from "@/lib/contracts/runs";

const ACTIVE: readonly RunState[] = ["queued", "running", "verifying"];
const LOOK_AGAIN_MS = 50;

/** The console's HTTP interface as its own pages use it; every answer is parsed by its contract. */
export type ConsoleApi = ReturnType<typeof createConsoleApi>;

/** `session` is the Cookie header of who calls: an admin of the stack, or one of `stack.signIn(role)`. */
export function createConsoleApi(url: string, session: string) {
  /** The bare answer, for tests of what is refused. */
  function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has("authorization") && !headers.has("cookie")) headers.set("cookie", session);
    return fetch(`${url}${path}`, { ...init, headers });
  }

  /** Asks for a change as a page of the console does: JSON, and its origin. */
  function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return send(path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  }

  async function read<Schema extends z.ZodType>(
    schema: Schema,
    answer: Promise<Response>,
  ): Promise<z.infer<Schema>> {
    const response = await answer;
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
    return schema.parse(JSON.parse(text));
  }

  const run = (id: string) => read(runDetailSchema, send(`/api/runs/${id}`));

  return {
    send,
    post,
    run,
    season: () => read(seasonCoverageSchema, send("/api/coverage")),
    date: (date: string) => read(dateCoverageSchema, send(`/api/coverage/${date}`)),
    lines: (id: string) => read(logPageSchema, send(`/api/runs/${id}/lines?limit=5000`)),
    runs: (query = "") => read(listRunsResponseSchema, send(`/api/runs?limit=200${query}`)),
    cancel: (id: string) => read(runSummarySchema, post(`/api/runs/${id}/cancel`, {})),

    /** The raw download, as text. */
    async rawLog(id: string): Promise<string> {
      return (await send(`/api/runs/${id}/log`)).text();
    },

    /** Orders a backfill of each date; the runs in the order of their dates. */
    async order(dates: string[], idempotencyKey?: string) {
      const order = { kind: "backfill", params: dates.map((runDate) => ({ runDate })) };
      const headers: Record<string, string> = idempotencyKey ? { "idempotency-key": idempotencyKey } : {};
      return (await read(createRunsResponseSchema, post("/api/runs", order, headers))).runs;
    },

    /** Orders a build of `select`; at least one model. */
    async orderBuild(select: string[], fullRefresh = false) {
      const order = { kind: "dbt", params: [{ select, fullRefresh }] };
      const [placed] = (await read(createRunsResponseSchema, post("/api/runs", order))).runs;
      if (!placed) throw new Error("No build was ordered.");
      return placed;
    },

    /** The run once it is as asked, looking again and again. @throws Error when it is not within the time */
    async runOnce(id: string, when: (run: RunDetail) => boolean, withinMs = 30_000): Promise<RunDetail> {
      for (const deadline = Date.now() + withinMs; ; await sleep(LOOK_AGAIN_MS)) {
        const known = await run(id);
        if (when(known)) return known;
        if (Date.now() > deadline) throw new Error(`${known.title} is still ${known.state}.`);
      }
    },
  };
}

/** True once a run has reached its final state. */
export function hasEnded(run: { state: RunState }): boolean {
  return !ACTIVE.includes(run.state);
}
