import type { LogLine, LogPage, LogSearch } from "@/lib/contracts/log";
import { plainText } from "./ansi-spans";
import { lineLevel } from "./line-level";
import { LogFinder, type Wanted } from "./log-finder";
import { LogPages, PAGE_LINES } from "./log-pages";
import { PacedListeners } from "./paced-listeners";
import { RowHeights } from "./row-heights";

/** A log of up to so many lines is read whole: then nothing in it has to be asked for again. */
const READ_WHOLE_LINES = 5 * PAGE_LINES;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/** `loading` what is looked at first, then either `following` the stream or `complete`; `failed` tries again by itself. */
export type RunLogStatus = "loading" | "following" | "complete" | "failed";

type Options = {
  fetchPage: (after: number, limit: number, signal: AbortSignal) => Promise<LogPage>;
  search: (wanted: Wanted, after: number, signal: AbortSignal) => Promise<LogSearch>;
  schedule: (tell: () => void) => void;
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

/**
 * One run's log as it is read. How long it is is known from the start, so that any part of it can be looked at
 * first: what is looked at comes in pages, for a finished run as for a live one, and the stream brings only
 * what follows. Whatever is missing where the reader looks, a hole in the stream too, is filled by the pages.
 */
export class RunLog {
  readonly pages = new LogPages();
  readonly heights = new RowHeights();
  private readonly listeners: PacedListeners;
  readonly errors: LogFinder;
  private finder: LogFinder | null = null;
  private status: RunLogStatus = "loading";
  private problem: string | null = null;
  private view = { from: 1, to: 1 };
  private filling: Promise<void> | null = null;
  private abort = new AbortController();
  /** Reading has begun: what is looked at is asked for. */
  private opened = false;

  constructor(private readonly options: Options) {
    this.listeners = new PacedListeners(options.schedule);
    this.errors = this.newFinder({ level: "error" }, (line) => lineLevel(plainText(line.text)) === "error");
  }

  /** Makes room for lines that are known to be stored, and says which is looked at first. */
  expect(stored: number, first = stored): void {
    this.pages.extend(stored);
    this.heights.extend(stored);
    if (this.status === "loading") this.look(first, first);
  }

  /**
   * Reads what is looked at. `growing` is whether the run can still write: then the caller goes on with the
   * stream once the status is `following`; at once where nothing was `stored` a moment ago.
   */
  async load(growing: boolean, stored: number): Promise<void> {
    if (this.abort.signal.aborted) this.abort = new AbortController();
    const { signal } = this.abort;
    this.opened = true;
    this.extend(stored);
    // The stream has brought it so far, and goes on behind the last line.
    if (growing && this.status !== "loading") return;
    if (!growing || stored > 0) await this.fill();
    if (!signal.aborted) this.change({ status: growing ? "following" : "complete" });
    this.lookThrough();
  }

  /** The lines that the reader looks at, or is about to; they are read first and kept. */
  look(from: number, to: number): void {
    this.view = { from, to };
    this.pages.lookAt(Math.round((from + to) / 2));
    if (this.opened && this.wantedPage() !== null) void this.fill();
  }

  /** Lines from the stream, in any order, known ones included. */
  receive = (lines: LogLine[]): void => {
    this.take(lines);
    if (this.wantedPage() !== null) void this.fill();
  };

  /** The stream has sent the last line. */
  end = (): void => {
    this.change({ status: "complete" });
    this.lookThrough();
  };

  /** The run says that it wrote so many lines. */
  noteWritten(lines: number): void {
    if (this.extend(lines)) this.lookThrough();
    if (this.wantedPage() !== null) void this.fill();
  }

  /** Looks for a text, from now on also in lines that come; null ends it. */
  find(text: string | null): LogFinder | null {
    this.finder?.close();
    this.finder = null;
    if (text === null || text === "") return null;
    const wanted = text.toLowerCase();
    this.finder = this.newFinder({ text }, (line) => plainText(line.text).toLowerCase().includes(wanted));
    void this.finder.look(this.asksServer);
    return this.finder;
  }

  /** Ends every request under way; `load` starts again. */
  close() {
    this.abort.abort();
    this.opened = false;
    this.filling = null;
  }

  get state(): { status: RunLogStatus; problem: string | null } {
    return { status: this.problem === null ? this.status : "failed", problem: this.problem };
  }

  subscribe = (listener: () => void): (() => void) => this.listeners.subscribe(listener);

  /** Changes whenever something is to be drawn anew. */
  getVersion = (): number => this.listeners.getVersion();

  private newFinder(wanted: Wanted, isFound: (line: LogLine) => boolean): LogFinder {
    return new LogFinder({
      pages: this.pages,
      isFound,
      ask: (after, signal) => this.options.search(wanted, after, signal),
      onChange: () => this.listeners.tell(),
    });
  }

  /** Whether the log is too long to be held whole, so that searching it is left to the server. */
  get asksServer(): boolean {
    return this.pages.extent > READ_WHOLE_LINES || this.pages.hasDropped;
  }

  private lookThrough(): void {
    void this.errors.look(this.asksServer);
    void this.finder?.look(this.asksServer);
  }

  private extend(lines: number): boolean {
    const more = this.pages.extend(lines);
    this.heights.extend(lines);
    if (more) this.listeners.tell();
    return more;
  }

  /** True when some of the lines were not held. */
  private take(lines: readonly LogLine[]): boolean {
    const added = this.pages.put(lines);
    this.heights.extend(this.pages.extent);
    for (const line of added) this.heights.noteLength(line.seq, plainText(line.text).length);
    if (added.length === 0) return false;
    // Until the first page is there, the errors of a long log are not worth a request of their own.
    if (this.status !== "loading") this.lookThrough();
    this.listeners.tell();
    return true;
  }

  /** The next page to ask for: the one in the middle of the view first, and of a short log any. */
  private wantedPage(): number | null {
    const middle = Math.round((this.view.from + this.view.to) / 2);
    const places: [number, number][] = [
      [middle, middle],
      [this.view.from, this.view.to],
    ];
    if (!this.asksServer) places.push([1, this.pages.extent]);
    for (const [from, to] of places) {
      const [wanted] = this.pages.lacking(from, to);
      if (wanted !== undefined) return wanted;
    }
    return null;
  }

  private fill(): Promise<void> {
    const { signal } = this.abort;
    this.filling ??= this.fillUntilDone(signal).finally(() => {
      if (!signal.aborted) this.filling = null;
    });
    return this.filling;
  }

  private async fillUntilDone(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const page = this.wantedPage();
      if (page === null) return;
      try {
        const from = this.pages.firstLacking(page);
        const answer = await this.options.fetchPage(from - 1, (page + 1) * PAGE_LINES - from + 1, signal);
        if (signal.aborted) return;
        failures = 0;
        this.change({ problem: null });
        this.extend(answer.total);
        // What storage does not have is left as it is, or it would be asked for for ever.
        if (!this.take(answer.lines)) return;
      } catch (error) {
        if (signal.aborted) return;
        this.change({ problem: error instanceof Error ? error.message : String(error) });
        failures += 1;
        await this.options.sleep(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)), signal);
      }
    }
  }

  private change(next: { status?: RunLogStatus; problem?: string | null }) {
    const before = this.state;
    if (next.status !== undefined) this.status = next.status;
    if (next.problem !== undefined) this.problem = next.problem;
    const after = this.state;
    if (before.status !== after.status || before.problem !== after.problem) this.listeners.tell();
  }
}
