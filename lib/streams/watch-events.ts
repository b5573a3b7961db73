import type { LogLine } from "@/lib/contracts/log";
import type { RunSummary } from "@/lib/contracts/runs";
import type { StreamFrame } from "@/lib/contracts/stream";
import type { WakeEvent } from "@/lib/events/channel";
import type { EventHub } from "@/lib/events/event-hub";

/** A frame with the event id that a reconnect resumes behind, where it has one. */
export type Outgoing = { frame: StreamFrame; id?: number } | "heartbeat";

export type WatchOptions = {
  hub: EventHub;
  /** The run whose log is followed, with the seq of the last line that the reader has. */
  run: { id: string; after: number } | null;
  readLines(runId: string, after: number, limit: number): Promise<LogLine[]>;
  /** Null when there is no such run. */
  readRun(runId: string): Promise<{ summary: RunSummary; logLines: number; final: boolean } | null>;
  signal: AbortSignal;
  pollMs: number;
  heartbeatMs: number;
  now(): number;
};

const PAGE = 2_000;

/**
 * Everything that a tab is told, in order: it subscribes first, then replays the run's stored lines, then
 * follows. Pulled by its reader: a slow one holds nothing but a set of names of what to read again. Ends when
 * `signal` aborts.
 */
export async function* watchEvents(options: WatchOptions): AsyncGenerator<Outgoing> {
  const { hub, run, signal } = options;
  const news = new News(hub, run?.id ?? null, options);
  let after = run?.after ?? 0;
  let logEnded = run === null;
  try {
    yield { frame: { type: "hello" } };
    while (!signal.aborted) {
      if (news.takeLog() && run && !logEnded) {
        // The state is read before the lines: a run that is final then has no line that is not yet stored.
        const state = await options.readRun(run.id);
        for (;;) {
          const lines = await options.readLines(run.id, after, PAGE);
          const last = lines.at(-1);
          if (!last) break;
          after = last.seq;
          yield { frame: { type: "lines", runId: run.id, lines }, id: last.seq };
        }
        if (state === null || (state.final && after >= state.logLines)) {
          logEnded = true;
          yield { frame: { type: "end-of-log", runId: run.id } };
        }
      }
      for (const runId of news.takeRuns()) {
        const changed = await options.readRun(runId);
        if (changed) yield { frame: { type: "run", run: changed.summary } };
      }
      const dates = news.takeDates();
      if (dates.length > 0) yield { frame: { type: "coverage", dates } };
      for (const key of news.takeObservations()) yield { frame: { type: "observation", key } };
      if (await news.wait(signal)) yield "heartbeat";
    }
  } finally {
    news.close();
  }
}

/** What has happened since the reader last looked: bounded by the number of runs and dates, not by events. */
class News {
  private log = true;
  private readonly runs = new Set<string>();
  private readonly dates = new Set<string>();
  private readonly observations = new Set<string>();
  private wake: (() => void) | null = null;
  private readonly unlisten: () => void;
  private lastSentAt: number;

  constructor(
    private readonly hub: EventHub,
    private readonly watchedRun: string | null,
    private readonly timing: Pick<WatchOptions, "pollMs" | "heartbeatMs" | "now">,
  ) {
    this.lastSentAt = timing.now();
    this.unlisten = hub.listen((event) => this.note(event));
  }

  takeLog(): boolean {
    const log = this.log;
    this.log = false;
    return log;
  }

  takeRuns(): string[] {
    return takeAll(this.runs);
  }

  takeDates(): string[] {
    return takeAll(this.dates);
  }

  takeObservations(): string[] {
    return takeAll(this.observations);
  }

  /** Waits for news; true when a heartbeat is due. Without Redis it looks again after a while by itself. */
  async wait(signal: AbortSignal): Promise<boolean> {
    if (this.hasNews() || signal.aborted) return false;
    const silence = this.timing.heartbeatMs - (this.timing.now() - this.lastSentAt);
    const blind = !this.hub.connected();
    await this.waitForWake(blind ? Math.min(this.timing.pollMs, silence) : silence, signal);
    if (blind && this.watchedRun !== null) {
      this.log = true;
      this.runs.add(this.watchedRun);
    }
    if (this.timing.now() - this.lastSentAt < this.timing.heartbeatMs) return false;
    this.lastSentAt = this.timing.now();
    return true;
  }

  close(): void {
    this.unlisten();
  }

  private hasNews(): boolean {
    return this.log || [this.runs, this.dates, this.observations].some(({ size }) => size > 0);
  }

  private note(event: WakeEvent): void {
    if (event.type === "log" && event.runId === this.watchedRun) this.log = true;
    if (event.type === "run") {
      this.runs.add(event.runId);
      if (event.runId === this.watchedRun) this.log = true;
    }
    if (event.type === "coverage") for (const date of event.dates) this.dates.add(date);
    if (event.type === "observation") this.observations.add(event.key);
    if (this.hasNews()) this.wake?.();
  }

  private waitForWake(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, ms));
      signal.addEventListener("abort", done, { once: true });
      this.wake = done;
    });
  }
}

function takeAll(names: Set<string>): string[] {
  const taken = [...names];
  names.clear();
  return taken;
}
