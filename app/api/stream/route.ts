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
    const run = query.run ? await findRun(server.runs, query.run) : null;
    // Nothing is awaited between this and the stream's own entry, so that many at once are counted too.
    assertFewStreams(server, actor);
    const abort = new AbortController();
    const end = () => abort.abort();
    const release = server.streams.add(end, actor.personId ?? undefined);
    const standing = watchReader(server, actor, end);
    const close = () => {
      end();
      standing.stop();
      release();
    };
    // Next neither reads nor cancels the response of a reader who left while it was being prepared.
    request.signal.addEventListener("abort", close, { once: true });
    if (request.signal.aborted) close();
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
      onClose: close,
      onError: (error) => server.logger.error({ err: error }, "a stream failed"),
    });
  },
});
