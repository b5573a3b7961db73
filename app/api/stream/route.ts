import { defineRoute } from "@/app/api/define-route";
import { streamRequestSchema } from "@/lib/contracts/stream";
import { eventStreamResponse } from "@/lib/http/event-stream";
import { findRun } from "@/lib/runs/get-run";
import { TUNABLES } from "@/lib/runs/tunables";
import { watchEvents } from "@/lib/streams/watch-events";

export const dynamic = "force-dynamic";

/** The one event stream of a tab; resumes behind `Last-Event-ID`, else behind `after`. */
export const GET = defineRoute({
  permission: "look",
  query: streamRequestSchema,
  handle: async ({ server, query, request }) => {
    const run = query.run ? await findRun(server.runs, query.run) : null;
    const resumed = /^\d{1,9}$/.exec(request.headers.get("last-event-id") ?? "")?.[0];
    const abort = new AbortController();
    const end = () => abort.abort();
    request.signal.addEventListener("abort", end, { once: true });
    const release = server.streams.add(end);
    const frames = watchEvents({
      hub: server.hub,
      run: run && { id: run.id, after: Number(resumed ?? query.after ?? 0) },
      readLines: server.readLines,
      readRun: server.readRun,
      signal: abort.signal,
      pollMs: TUNABLES.streamPollMs,
      heartbeatMs: TUNABLES.streamHeartbeatMs,
      now: () => performance.now(),
    });
    return eventStreamResponse(frames, () => {
      end();
      release();
    });
  },
});
