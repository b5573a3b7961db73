import type { LogLine, LogSearch } from "@/lib/contracts/log";
import type { LogPages } from "./log-pages";

/** Lines that are looked for: those that hold a text, whatever the case, or those that report an error. */
export type Wanted = { text: string } | { level: "error" };

export type FinderOptions = {
  pages: LogPages;
  isFound(line: LogLine): boolean;
  /** Asks the server for the finds behind a line. */
  ask(after: number, signal: AbortSignal): Promise<LogSearch>;
  /** The finds, or how far the search has come, have changed. */
  onChange(): void;
};

export type Finds = {
  /** Ascending; all of them up to some line, and the first ones only where there are very many. */
  seqs: readonly number[];
  total: number;
  /** Part of the log has not been looked through yet. */
  looking: boolean;
  /** Why the rest could not be looked through. */
  problem: string | null;
};

/**
 * Finds lines in a whole log of which only a part is held. What is held is looked through here, at once; the
 * server is asked for the rest; lines that arrive later are added as they come. No line is looked at twice,
 * so the total is right whichever way a line came.
 */
export class LogFinder {
  private seqs: number[] = [];
  /** Finds behind the last of `seqs` that the server counted and did not list. */
  private unlisted = 0;
  /** Every line up to here has been looked at. */
  private through = 0;
  private asking: Promise<void> | null = null;
  private problem: string | null = null;
  private readonly abort = new AbortController();
  private finds: Finds = { seqs: this.seqs, total: 0, looking: false, problem: null };

  constructor(private readonly options: FinderOptions) {}

  get current(): Finds {
    return this.finds;
  }

  /**
   * Looks through what has not been looked at; call it again whenever lines came, or a failure may have passed.
   * Without `asking` only lines that are held are looked through, because the others are about to come.
   */
  async look(asking = true): Promise<void> {
    this.lookHere();
    if (asking && this.through < this.options.pages.extent) this.asking ??= this.askForRest();
    this.publish();
    await this.asking;
  }

  /** Fetches the finds behind the last one listed, where the server had too many for one answer. */
  async listMore(): Promise<void> {
    const last = this.seqs.at(-1);
    if (this.unlisted === 0 || last === undefined || this.asking) return;
    this.unlisted = 0;
    this.through = last;
    await this.look();
  }

  /** Ends every request under way. */
  close(): void {
    this.abort.abort();
  }

  private lookHere(): void {
    const { pages, isFound } = this.options;
    for (let line = pages.line(this.through + 1); line; line = pages.line(this.through + 1)) {
      this.through = line.seq;
      if (!isFound(line)) continue;
      if (this.unlisted > 0) this.unlisted += 1;
      else this.seqs.push(line.seq);
    }
  }

  private async askForRest(): Promise<void> {
    const { pages, ask } = this.options;
    const { signal } = this.abort;
    try {
      while (this.through < pages.extent && !signal.aborted) {
        const before = this.through;
        const answer = await ask(before, signal);
        if (signal.aborted) return;
        this.take(answer, before);
        this.problem = null;
        this.lookHere();
        this.publish();
        // What is not stored yet comes by the stream, and is looked at then.
        if (this.through === before) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.asking = null;
      if (!signal.aborted) this.publish();
    }
  }

  private take({ total, seqs, through }: LogSearch, before: number): void {
    // What came meanwhile was looked at here, and is in a total that has no seqs to tell it by: asked again.
    if (this.unlisted > 0 && this.through > before) return;
    const known = this.seqs.at(-1) ?? 0;
    if (this.unlisted > 0) this.unlisted += total;
    else {
      this.seqs = this.seqs.concat(seqs.filter((seq) => seq > known));
      this.unlisted = total - seqs.length;
    }
    this.through = Math.max(this.through, through);
  }

  private publish(): void {
    const total = this.seqs.length + this.unlisted;
    const looking = this.asking !== null;
    const { finds, problem } = this;
    const same = finds.seqs === this.seqs && finds.total === total;
    if (same && finds.looking === looking && finds.problem === problem) return;
    this.finds = { seqs: this.seqs, total, looking, problem };
    this.options.onChange();
  }
}
