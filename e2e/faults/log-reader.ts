import { setTimeout as sleep } from "node:timers/promises";
import type { ConsoleApi } from "@/e2e/stack/console-api";
import { streamFrameSchema } from "@/lib/contracts/stream";

export type ReadLine = { seq: number; text: string };

/** A tab's event stream, read as a browser does: it comes back behind the last event that it has seen. */
export type LogReader = {
  runId: string;
  /** As they arrived: a repeat would be in here twice. */
  lines: ReadLine[];
  /** `retry` of each connection, in milliseconds. */
  retries: number[];
  /** Resolves once the stream has said that the log has ended. */
  ended: Promise<void>;
  /** Tears the connection; the reader comes back by itself. */
  cut(): void;
  close(): void;
};

const COME_BACK_MS = 50;

/** Starts reading a run's log; `comeBackAsTold` waits as the server asks, else the reader returns at once. */
export function attachReader(api: ConsoleApi, runId: string, { comeBackAsTold = false } = {}): LogReader {
  let connection = new AbortController();
  let closed = false;
  let finish: () => void;
  const reader: LogReader = {
    runId,
    lines: [],
    retries: [],
    ended: new Promise((resolve) => {
      finish = resolve;
    }),
    cut: () => connection.abort(),
    close() {
      closed = true;
      connection.abort();
    },
  };
  let lastEventId: string | undefined;

  const take = (event: string) => {
    for (const field of event.split("\n")) {
      if (field.startsWith("retry: ")) reader.retries.push(Number(field.slice(7)));
      if (field.startsWith("id: ")) lastEventId = field.slice(4);
      if (!field.startsWith("data: ")) continue;
      const frame = streamFrameSchema.parse(JSON.parse(field.slice(6)));
      if (frame.type === "lines" && frame.runId === runId)
        for (const { seq, text } of frame.lines) reader.lines.push({ seq, text });
      if (frame.type === "end-of-log" && frame.runId === runId) {
        closed = true;
        finish();
        connection.abort();
      }
    }
  };
  const readOnce = async () => {
    connection = new AbortController();
    const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
    const answer = await api.send(`/api/stream?run=${runId}`, { headers, signal: connection.signal });
    if (!answer.ok || !answer.body) return;
    const decoder = new TextDecoder();
    let text = "";
    for await (const bytes of answer.body) {
      text += decoder.decode(bytes, { stream: true });
      // An event that was torn in the middle is not taken, as browsers do it.
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) take(event);
    }
  };
  const readOn = async () => {
    while (!closed) {
      await readOnce().catch(ignoreTornConnection);
      if (!closed) await sleep(comeBackAsTold ? (reader.retries.at(-1) ?? COME_BACK_MS) : COME_BACK_MS);
    }
  };
  void readOn();
  return reader;
}

/** A frame that is not what the contract says must not pass for a torn connection. */
function ignoreTornConnection(error: unknown): void {
  if (error instanceof Error && error.name === "ZodError") throw error;
}
