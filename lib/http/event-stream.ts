import type { LogLine } from "@/lib/contracts/log";
import type { Outgoing } from "@/lib/streams/watch-events";

const encoder = new TextEncoder();
/** Readers of one log are given the same pages; each is encoded once for all of them. */
const encodedPages = new WeakMap<readonly LogLine[], Uint8Array>();

/**
 * A response of server-sent events that pulls the next frame only when the reader has taken the last one, so
 * a slow reader costs nothing. Each frame is one JSON `data:` line: nothing in a log can forge an event.
 */
export function eventStreamResponse(
  frames: AsyncGenerator<Outgoing>,
  { onClose, onError }: { onClose(): void; onError(error: unknown): void },
): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Spread over a second, so that readers cut off together do not come back together.
        controller.enqueue(encoder.encode(`retry: ${500 + Math.floor(Math.random() * 1_000)}\n\n`));
      },
      async pull(controller) {
        const next = await nextOrEnd(frames, onError);
        if (next.done) {
          onClose();
          controller.close();
          return;
        }
        controller.enqueue(encodeFrame(next.value));
      },
      async cancel() {
        onClose();
        await frames.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      connection: "keep-alive",
    },
  });
}

/** A stream that fails ends in order: torn off, it would be an error in the reader's console instead of a new start. */
async function nextOrEnd(
  frames: AsyncGenerator<Outgoing>,
  onError: (error: unknown) => void,
): Promise<IteratorResult<Outgoing>> {
  try {
    return await frames.next();
  } catch (error) {
    onError(error);
    return { done: true, value: undefined };
  }
}

function encodeFrame(outgoing: Outgoing): Uint8Array {
  if (outgoing === "heartbeat") return encoder.encode(":\n\n");
  const page = outgoing.frame.type === "lines" ? outgoing.frame.lines : null;
  const known = page && encodedPages.get(page);
  if (known) return known;
  const id = outgoing.id === undefined ? "" : `id: ${outgoing.id}\n`;
  const bytes = encoder.encode(`${id}data: ${JSON.stringify(outgoing.frame)}\n\n`);
  if (page) encodedPages.set(page, bytes);
  return bytes;
}
