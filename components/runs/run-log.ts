import type { LogLine, LogPage } from "@/lib/contracts/log";
import { LogStore } from "./log-store";

export const PAGE_LINES = 5_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/** `loading` stored lines, then either `following` the stream or `complete`; `failed` tries again by itself. */
export type RunLogStatus = "loading" | "following" | "complete" | "failed";

type Options = {
  fetchPage: (after: number, limit: number, signal: AbortSignal) => Promise<LogPage>;
  schedule: (flush: () => void) => void;
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

/**
 * One run's log as it is read. What is stored always comes in pages, for a finished run as for a live one,
 * and the stream brings only what follows: one path for scrollback, whatever its length, with a known total,
 * while the stream never has to replay 100,000 lines. A hole in the stream is filled by the same pages.
 */
export class RunLog {
  readonly store: LogStore;
  private status: RunLogStatus = "loading";
  private total: number | null = null;
  private problem: string | null = null;
  private filling: Promise<void> | null = null;
  private abort = new AbortController();
  private readonly listeners = new Set<() => void>();
  private snapshot = this.makeSnapshot();

  constructor(private readonly options: Options) {
    this.store = new LogStore(options.schedule);
  }

  /**
   * Reads what is stored. `growing` is whether the run can still write: then the caller goes on with the
   * stream once the status is `following`; at once where nothing was `stored` a moment ago.
   */
  async load(growing: boolean, stored: number): Promise<void> {
    if (this.abort.signal.aborted) this.abort = new AbortController();
    const { signal } = this.abort;
    // The stream has brought it so far, and goes on behind the last line.
    if (growing && this.status !== "loading") return;
    if (growing && stored === 0) return this.change({ status: "following" });
    await this.fill();
    if (!signal.aborted) this.change({ status: growing ? "following" : "complete" });
  }

  /** Lines from the stream, in any order, known ones included. */
  receive = (lines: LogLine[]): void => {
    if (this.store.append(lines).gap) void this.fill();
  };

  /** The stream has sent the last line. */
  end = (): void => this.change({ status: "complete" });

  /** Makes sure that nothing stored is missing, for instance because the run says that it wrote more. */
  async catchUp(expected: number): Promise<void> {
    if (this.store.lastSeq < expected) await this.fill();
  }

  /** Ends every request under way; `load` starts again. */
  close() {
    this.abort.abort();
    this.filling = null;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  getSnapshot = () => this.snapshot;

  private fill(): Promise<void> {
    const { signal } = this.abort;
    this.filling ??= this.fillUntilDone(signal).finally(() => {
      if (!signal.aborted) this.filling = null;
    });
    return this.filling;
  }

  private async fillUntilDone(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        const page = await this.options.fetchPage(this.store.lastSeq, PAGE_LINES, signal);
        if (signal.aborted) return;
        failures = 0;
        const { added, gap } = this.store.append(page.lines);
        this.change({ total: page.total, problem: null });
        // A page that brings nothing ends it even where a hole stays, or it would ask for ever.
        if (added === 0 || (this.store.lastSeq >= page.total && !gap)) return;
      } catch (error) {
        if (signal.aborted) return;
        this.change({ problem: error instanceof Error ? error.message : String(error) });
        failures += 1;
        await this.options.sleep(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)), signal);
      }
    }
  }

  private change(next: { status?: RunLogStatus; total?: number; problem?: string | null }) {
    if (next.status !== undefined) this.status = next.status;
    if (next.total !== undefined) this.total = next.total;
    if (next.problem !== undefined) this.problem = next.problem;
    this.snapshot = this.makeSnapshot();
    for (const listener of this.listeners) listener();
  }

  private makeSnapshot() {
    const status: RunLogStatus = this.problem === null ? this.status : "failed";
    return { status, total: this.total, problem: this.problem };
  }
}
