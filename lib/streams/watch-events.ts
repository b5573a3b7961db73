import type { LogLine } from "@/lib/contracts/log";
import type { RunSummary } from "@/lib/contracts/runs";
import type { StreamFrame } from "@/lib/contracts/stream";
import type { ReaderCalls } from "./reader-calls";
import { StreamNews } from "./stream-news";

/** A frame with the event id that a reconnect resumes behind, where it has one. */
export type Outgoing = { frame: StreamFrame; id?: number } | "heartbeat";

type RunNow = { summary: RunSummary; logLines: number; final: boolean };

export type WatchOptions = {
  calls: ReaderCalls;
  /** The run whose log is followed, with the seq of the last line that the reader has. */
  run: { id: string; after: number } | null;
  readLines(runId: string, after: number, limit: number): Promise<LogLine[]>;
  /** Null when there is no such run. */
  readRun(runId: string): Promise<RunNow | null>;
  signal: AbortSignal;
  /** What could not be read is read again so much later; the stream stays open meanwhile. */
  retryMs: number;
  heartbeatMs: number;
  /** Called when something could not be read. */
  onTrouble(error: unknown): void;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
};

const PAGE = 2_000;

/**
 * Everything that a tab is told, in order: it subscribes first, then replays the run's stored lines, then
 * follows. Pulled by its reader: a slow one holds nothing but a set of names of what to read again. A database
 * that is away makes it late, and does not end it. Ends when `signal` aborts.
 */
export async function* watchEvents(options: WatchOptions): AsyncGenerator<Outgoing> {
  const { calls, run, signal } = options;
  const news = new StreamNews(options);
  const unlisten = calls.listen(run?.id ?? null, news.note);
  const log = run && new FollowedLog(run.id, run.after, options);
  try {
    yield { frame: { type: "hello" } };
    while (!signal.aborted) {
      try {
        if (log && news.takeLog()) yield* log.readOn();
        yield* tellOfRuns(news, log, options);
      } catch (error) {
        options.onTrouble(error);
        news.giveBack();
        await news.pause(options.retryMs, signal);
      }
      const dates = news.takeDates();
      if (dates.length > 0) yield { frame: { type: "coverage", dates } };
      for (const key of news.takeObservations()) yield { frame: { type: "observation", key } };
      if (await news.wait(signal)) yield "heartbeat";
    }
  } finally {
    unlisten();
  }
}

/** Runs that have changed; and of the watched one whether its log has ended, with what changed unannounced. */
async function* tellOfRuns(
  news: StreamNews,
  log: FollowedLog | null,
  { readRun }: WatchOptions,
): AsyncGenerator<Outgoing> {
  for (const { runId, isNews } of news.takeRuns(log && !log.hasEnded ? log.runId : null)) {
    const run = await readRun(runId);
    const isUnseen = runId === log?.runId && log.noteSummary(run?.summary ?? null);
    if (run && (isNews || isUnseen)) yield { frame: { type: "run", run: run.summary } };
    if (runId === log?.runId && !log.hasEnded && (run === null || run.final)) {
      // What was stored between the last line that was read and the run's end.
      yield* log.readOn();
      log.hasEnded = true;
      yield { frame: { type: "end-of-log", runId } };
    }
  }
}

/** The log that a stream follows, and what its reader was last told of the run. */
class FollowedLog {
  hasEnded = false;
  private summary: string | null = null;

  constructor(
    readonly runId: string,
    private after: number,
    private readonly options: Pick<WatchOptions, "readLines">,
  ) {}

  /** Every line behind the last one that was sent, a page at a time. */
  async *readOn(): AsyncGenerator<Outgoing> {
    if (this.hasEnded) return;
    for (;;) {
      const lines = await this.options.readLines(this.runId, this.after, PAGE);
      const last = lines.at(-1);
      if (!last) return;
      this.after = last.seq;
      yield { frame: { type: "lines", runId: this.runId, lines }, id: last.seq };
    }
  }

  /** True when the run is not as it was the last time; the first time nothing can be said. */
  noteSummary(summary: RunSummary | null): boolean {
    const text = JSON.stringify(summary);
    const isChanged = this.summary !== null && this.summary !== text;
    this.summary = text;
    return isChanged;
  }
}
