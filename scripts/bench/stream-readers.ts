import { type ClientRequest, get } from "node:http";
import { z } from "zod";
import { streamFrameSchema } from "../../lib/contracts/stream";

/**
 * Many readers of one run's stream, in a process of their own, so that what they cost is not measured as the
 * web's. Told by its parent to open, and to cut all connections at once; each reader comes back by itself, as
 * a browser does, behind the last line that it has. Tells what each got when all have seen the log's end.
 */

export const openSchema = z.object({
  type: z.literal("open"),
  url: z.string(),
  session: z.string(),
  readers: z.number(),
});
export const toldSchema = z.discriminatedUnion("type", [openSchema, z.object({ type: z.literal("cut") })]);
export const reportSchema = z.discriminatedUnion("type", [
  /** All readers have an open stream. */
  z.object({ type: z.literal("open") }),
  z.object({
    type: z.literal("ended"),
    /** Lines that each reader got: the fewest and the most. */
    fewest: z.number(),
    most: z.number(),
    gaps: z.number(),
    repeats: z.number(),
    /** Of all lines at all readers, from the program's write to the reader, in milliseconds. */
    p50: z.number(),
    p95: z.number(),
    longest: z.number(),
  }),
]);
export type Report = z.infer<typeof reportSchema>;

type Page = { first: number; last: number; times: number[] };
type Event = { kind: "hello" | "end" | "other" } | { kind: "lines"; page: Page };

const LONGEST_MS = 120_000;
const delays = new Uint32Array(LONGEST_MS + 1);
/** All readers get the same bytes: each event is parsed once. */
const known = new Map<string, Event>();

class Reader {
  lastSeq = 0;
  lines = 0;
  gaps = 0;
  repeats = 0;
  isOpen = false;
  hasEnded = false;
  private retryMs = 1_000;
  private request: ClientRequest | null = null;

  constructor(
    private readonly url: string,
    private readonly session: string,
    private readonly onChange: () => void,
  ) {}

  open(): void {
    const headers: Record<string, string> = { cookie: this.session, accept: "text/event-stream" };
    if (this.lastSeq > 0) headers["last-event-id"] = String(this.lastSeq);
    this.request = get(this.url, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        return this.comeBack();
      }
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        const events = (text + chunk).split("\n\n");
        text = events.pop() ?? "";
        for (const event of events) this.take(event);
      });
      response.on("close", () => this.comeBack());
      response.on("error", () => undefined);
    });
    this.request.on("error", () => this.comeBack());
  }

  cut(): void {
    this.request?.destroy();
  }

  private comeBack(): void {
    if (this.hasEnded || this.request === null) return;
    this.request = null;
    this.isOpen = false;
    setTimeout(() => this.open(), this.retryMs);
  }

  private take(text: string): void {
    const retry = /^retry: (\d+)$/m.exec(text)?.[1];
    if (retry) this.retryMs = Number(retry);
    const event = known.get(text) ?? parseEvent(text);
    if (event.kind === "lines") this.takePage(event.page);
    if (event.kind === "hello") this.isOpen = true;
    if (event.kind === "end") {
      this.hasEnded = true;
      this.request?.destroy();
    }
    if (event.kind === "hello" || event.kind === "end") this.onChange();
  }

  private takePage({ first, last, times }: Page): void {
    if (first > this.lastSeq + 1) this.gaps += first - this.lastSeq - 1;
    if (first <= this.lastSeq) this.repeats += this.lastSeq - first + 1;
    const now = Date.now();
    for (const time of times) {
      const delay = Math.min(LONGEST_MS, Math.max(0, now - time));
      delays[delay] = (delays[delay] ?? 0) + 1;
    }
    this.lines += last - first + 1;
    this.lastSeq = last;
  }
}

function parseEvent(text: string): Event {
  const data = /^data: (.*)$/m.exec(text)?.[1];
  const event = data ? eventOf(data) : ({ kind: "other" } as const);
  if (known.size > 500) known.clear();
  known.set(text, event);
  return event;
}

function eventOf(data: string): Event {
  const frame = streamFrameSchema.parse(JSON.parse(data));
  if (frame.type === "hello") return { kind: "hello" };
  if (frame.type === "end-of-log") return { kind: "end" };
  if (frame.type !== "lines") return { kind: "other" };
  const times = frame.lines.flatMap(({ text }) => {
    const time = /^line (\d+)$/.exec(text)?.[1];
    return time ? [Number(time)] : [];
  });
  return {
    kind: "lines",
    page: { first: frame.lines[0]?.seq ?? 0, last: frame.lines.at(-1)?.seq ?? 0, times },
  };
}

/** The delay that `percent` per cent of all lines did not exceed. */
function delayAt(percent: number): number {
  const total = delays.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [delay, count] of delays.entries()) {
    seen += count;
    if (count > 0 && seen >= (percent / 100) * total) return delay;
  }
  return 0;
}

let readers: Reader[] = [];
let isOpenTold = false;

function tell(report: Report): void {
  process.send?.(report);
}

function look(): void {
  if (!isOpenTold && readers.every(({ isOpen }) => isOpen)) {
    isOpenTold = true;
    tell({ type: "open" });
  }
  if (!readers.every(({ hasEnded }) => hasEnded)) return;
  const counts = readers.map(({ lines }) => lines);
  tell({
    type: "ended",
    fewest: Math.min(...counts),
    most: Math.max(...counts),
    gaps: readers.reduce((sum, { gaps }) => sum + gaps, 0),
    repeats: readers.reduce((sum, { repeats }) => sum + repeats, 0),
    p50: delayAt(50),
    p95: delayAt(95),
    longest: delayAt(100),
  });
  process.disconnect();
}

process.on("message", (message) => {
  const told = toldSchema.parse(message);
  if (told.type === "cut") {
    isOpenTold = false;
    for (const reader of readers) reader.cut();
    return;
  }
  readers = Array.from({ length: told.readers }, () => new Reader(told.url, told.session, look));
  for (const reader of readers) reader.open();
});
