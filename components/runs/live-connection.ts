import type { LogLine } from "@/lib/contracts/log";
import { type StreamFrame, streamFrameSchema } from "@/lib/contracts/stream";

export type LiveState = "connecting" | "live" | "reconnecting";

/** Whoever reads the log of one run from the stream. `after` gives the seq of the last line it has. */
export type LogWatch = {
  runId: string;
  after: () => number;
  onLines: (lines: LogLine[]) => void;
  onEnd: () => void;
};

/** What is used of the browser's EventSource. */
export type EventSourceLike = {
  onmessage: ((event: MessageEvent<string>) => void) | null;
  onerror: ((event: Event) => void) | null;
  close: () => void;
};

type Options = {
  open: (url: string) => EventSourceLike;
  /** Every frame but those of a log. */
  onFrame: (frame: StreamFrame) => void;
  /** The stream was away and is back: whatever it says may have been missed meanwhile. */
  onResumed: () => void;
  random: () => number;
  now: () => number;
  setTimer: (callback: () => void, milliseconds: number) => number;
  clearTimer: (timer: number) => void;
};

const FIRST_RETRY_MS = 400;
const LONGEST_RETRY_MS = 15_000;

/**
 * The tab's one event stream. EventSource's own retry would ask for the URL of the first attempt, whose
 * `after` is old by then, and gives up for good on an HTTP error; so an error closes it, and a new one is
 * opened behind the last line received, after a jittered wait that doubles.
 */
export class LiveConnection {
  private source: EventSourceLike | null = null;
  private sourceIsLive = false;
  /** The stream before a change of the watched run; it is read until the new one is live, so nothing is missed. */
  private leaving: EventSourceLike | null = null;
  private watches: LogWatch[] = [];
  /** Whose lines `source` brings, and the seq behind which its next one comes. */
  private reading: { runId: string; after: number } | null = null;
  private timer: number | null = null;
  private failures = 0;
  private running = false;
  private wasLive = false;
  private state: LiveState = "connecting";
  private lostAt: number | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: Options) {}

  start() {
    if (this.running) return;
    this.running = true;
    this.connect();
  }

  /** Closes the stream; `start` resumes where it stopped. */
  stop() {
    this.running = false;
    this.disconnect();
  }

  /** Tries at once, for instance when the network or the page is back. */
  retryNow() {
    if (!this.running) return;
    this.failures = 0;
    this.connect();
  }

  /** Reads a run's log from the stream, the latest watch first, until the returned function is called. */
  watch(watch: LogWatch): () => void {
    this.watches.push(watch);
    if (this.running && !this.brings(watch)) this.change();
    return () => {
      const wasRead = this.watched === watch;
      this.watches = this.watches.filter((other) => other !== watch);
      if (this.running && wasRead) this.change();
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  getState = (): LiveState => this.state;

  /** When the stream was lost, in milliseconds; null while it is there, or was never. */
  getLostAt = (): number | null => this.lostAt;

  get isWatching(): boolean {
    return this.watched !== undefined;
  }

  /** The open stream has all that `watch` lacks still ahead of it. */
  private brings({ runId, after }: LogWatch): boolean {
    return this.reading?.runId === runId && after() >= this.reading.after;
  }

  private get watched(): LogWatch | undefined {
    return this.watches.at(-1);
  }

  /** To the stream of what is watched now, without an interruption when there is a live one to come from. */
  private change() {
    const live = this.sourceIsLive ? this.source : this.leaving;
    if (live === this.source) this.source = null;
    else this.leaving = null;
    this.connect();
    this.leaving = live;
  }

  private connect() {
    this.disconnect();
    const watched = this.watched;
    const reading = watched ? { runId: watched.runId, after: watched.after() } : null;
    const source = this.options.open(
      reading ? `/api/stream?run=${reading.runId}&after=${reading.after}` : "/api/stream",
    );
    this.reading = reading;
    this.source = source;
    this.sourceIsLive = false;
    source.onmessage = (event) => {
      if (this.source === source || this.leaving === source) this.receive(event.data, source);
    };
    source.onerror = () => {
      if (this.source === source) this.retryLater();
      else if (this.leaving === source) this.leave();
    };
  }

  private disconnect() {
    if (this.timer !== null) this.options.clearTimer(this.timer);
    this.timer = null;
    this.source?.close();
    this.source = null;
    this.reading = null;
    this.leave();
  }

  private leave() {
    this.leaving?.close();
    this.leaving = null;
  }

  private retryLater() {
    this.disconnect();
    this.setState(this.wasLive ? "reconnecting" : "connecting");
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures);
    this.failures += 1;
    // Half fixed, half random: 500 readers of one server do not come back in the same instant.
    const wait = longest / 2 + (this.options.random() * longest) / 2;
    this.timer = this.options.setTimer(() => this.connect(), wait);
  }

  private receive(data: string, source: EventSourceLike) {
    const frame = parseFrame(data);
    // A frame of a newer server: what it said is fetched again by the queries' own refresh, and a log's hole
    // is found and filled by its reader.
    if (frame === null) return;
    switch (frame.type) {
      case "hello": {
        if (source !== this.source) return;
        const resumed = this.wasLive && this.leaving === null;
        this.leave();
        this.sourceIsLive = true;
        this.failures = 0;
        this.wasLive = true;
        this.setState("live");
        if (resumed) this.options.onResumed();
        return;
      }
      case "lines":
        if (source === this.source) this.noteRead(frame.runId, frame.lines.at(-1)?.seq ?? 0);
        for (const watch of this.watches) if (watch.runId === frame.runId) watch.onLines(frame.lines);
        return;
      case "end-of-log": {
        if (source === this.source) this.reading = null;
        const ended = this.watches.filter((watch) => watch.runId === frame.runId);
        // The connection goes on as the general one; only a later reconnect no longer asks for this run.
        this.watches = this.watches.filter((watch) => watch.runId !== frame.runId);
        for (const watch of ended) watch.onEnd();
        return;
      }
      default:
        this.options.onFrame(frame);
    }
  }

  private noteRead(runId: string, seq: number) {
    if (this.reading?.runId === runId) this.reading.after = Math.max(this.reading.after, seq);
  }

  private setState(state: LiveState) {
    if (state === this.state) return;
    this.state = state;
    this.lostAt = state === "reconnecting" ? this.options.now() : null;
    for (const listener of this.listeners) listener();
  }
}

function parseFrame(data: string): StreamFrame | null {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return null;
  }
  const parsed = streamFrameSchema.safeParse(json);
  return parsed.success ? parsed.data : null;
}
