import type { Outgoing } from "@/lib/streams/watch-events";

/**
 * A response of server-sent events that pulls the next frame only when the reader has taken the last one, so
 * a slow reader costs nothing. Each frame is one JSON `data:` line: nothing in a log can forge an event.
 */
export function eventStreamResponse(frames: AsyncGenerator<Outgoing>, onClose: () => void): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Spread over a second, so that readers cut off together do not come back together.
        controller.enqueue(encoder.encode(`retry: ${500 + Math.floor(Math.random() * 1_000)}\n\n`));
      },
      async pull(controller) {
        const next = await frames.next();
        if (next.done) {
          onClose();
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(encodeFrame(next.value)));
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

function encodeFrame(outgoing: Outgoing): string {
  if (outgoing === "heartbeat") return ":\n\n";
  const id = outgoing.id === undefined ? "" : `id: ${outgoing.id}\n`;
  return `${id}data: ${JSON.stringify(outgoing.frame)}\n\n`;
}
