import { defineRoute } from "@/app/api/define-route";
import { streamRequestSchema } from "@/lib/contracts/stream";
import { errorText } from "@/lib/errors";
import { eventStreamResponse } from "@/lib/http/event-stream";
import { findRun } from "@/lib/runs/get-run";
import { TUNABLES } from "@/lib/runs/tunables";
import { resumeFrom } from "@/lib/streams/resume-from";
import { watchEvents } from "@/lib/streams/watch-events";
import { withOutcome } from "@/lib/streams/watch-standing";
import { assertFewStreams, watchReader } from "./stream-reader";

export const dynamic = "force-dynamic";

/** The one event stream of a tab; resumes behind `Last-Event-ID`, else behind `after`. */
export const GET = defineRoute({
  permission: "look",
  query: streamRequestSchema,
  handle: async ({ server, actor, query, request }) => {
    assertFewStreams(server, actor);
    const run = query.run ? await findRun(server.runs, query.run) : null;
    const abort = new AbortController();
    const end = () => abort.abort();
    request.signal.addEventListener("abort", end, { once: true });
    const release = server.streams.add(end, actor.personId ?? undefined);
    const standing = watchReader(server, actor, end);
    const frames = watchEvents({
      calls: server.readerCalls,
      run: run && {
        id: run.id,
        after: resumeFrom(request.headers.get("last-event-id"), query.after, run.logLines),
      },
      readLines: server.readLines,
      readRun: server.readRun,
      signal: abort.signal,
      retryMs: TUNABLES.streamPollMs,
      heartbeatMs: TUNABLES.streamHeartbeatMs,
      onTrouble: (error) =>
        server.logger.warn({ reason: errorText(error) }, "a stream waits for the database"),
      now: () => performance.now(),
    });
    return eventStreamResponse(withOutcome(frames, standing), {
      onClose: () => {
        end();
        standing.stop();
        release();
      },
      onError: (error) => server.logger.error({ err: error }, "a stream failed"),
    });
  },
});
