import type { LogLine } from "@/lib/contracts/log";
import { plainText } from "./ansi-spans";
import { lineLevel } from "./line-level";

/** Lines that may wait for a hole before them to be filled; beyond it they are fetched again instead. */
const MAX_WAITING = 20_000;

export type AppendResult = {
  added: number /** A line is missing before the newest ones received. */;
  gap: boolean;
};

/**
 * The lines of one run outside React, so that a thousand lines a second cost one render a frame. The line
 * with seq n is at index n - 1: there is never a hole and never a repeat, whatever arrives in which order.
 */
export class LogStore {
  private readonly stored: LogLine[] = [];
  private readonly lengths: number[] = [];
  private readonly errors: number[] = [];
  private readonly lowerCase: string[] = [];
  private waiting: LogLine[] = [];
  private readonly listeners = new Set<() => void>();
  /** Between a flush and the next frame: what comes meanwhile is held back. */
  private resting = false;
  private unshown = false;
  private version = 0;
  private found: { query: string; scanned: number; seqs: number[] } = { query: "", scanned: 0, seqs: [] };

  /** `schedule` runs its argument once, soon: the next animation frame in a browser. */
  constructor(private readonly schedule: (flush: () => void) => void) {}

  /** The seq of the last line without a hole before it; also the number of lines. */
  get lastSeq(): number {
    return this.stored.length;
  }

  /** The seqs of lines that report an error, ascending. */
  get errorSeqs(): readonly number[] {
    return this.errors;
  }

  line(seq: number): LogLine | undefined {
    return this.stored[seq - 1];
  }

  /** Characters of a line as shown, from which its height is estimated before it is on screen. */
  shownLength(seq: number): number {
    return this.lengths[seq - 1] ?? 0;
  }

  /** The whole log as text, without terminal sequences. */
  toText(): string {
    return this.stored.map((line) => plainText(line.text)).join("\n");
  }

  /** Takes lines in any order: known ones are dropped, those behind a hole wait until it is filled. */
  append(lines: readonly LogLine[]): AppendResult {
    const before = this.stored.length;
    this.take(lines);
    if (this.waiting.length > 0) {
      const waiting = this.waiting.sort((a, b) => a.seq - b.seq);
      this.waiting = [];
      this.take(waiting);
    }
    const added = this.stored.length - before;
    if (added > 0) this.flush();
    return { added, gap: this.waiting.length > 0 };
  }

  /** Ascending seqs of the lines that contain `query`, whatever the case; the same array until it changes. */
  search(query: string): readonly number[] {
    const wanted = query.toLowerCase();
    if (wanted !== this.found.query) this.found = { query: wanted, scanned: 0, seqs: [] };
    if (wanted === "" || this.found.scanned === this.stored.length) return this.found.seqs;
    const seqs = [...this.found.seqs];
    for (let index = this.found.scanned; index < this.stored.length; index += 1)
      if (this.lowerCaseAt(index).includes(wanted)) seqs.push(index + 1);
    const grown = seqs.length > this.found.seqs.length ? seqs : this.found.seqs;
    this.found = { query: wanted, scanned: this.stored.length, seqs: grown };
    return grown;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes once for each flush, however many lines it brought. */
  getVersion = (): number => this.version;

  private take(lines: readonly LogLine[]) {
    for (const line of lines) {
      const next = this.stored.length + 1;
      if (line.seq < next) continue;
      if (line.seq > next) {
        if (this.waiting.length < MAX_WAITING) this.waiting.push(line);
        continue;
      }
      this.stored.push(line);
      const plain = plainText(line.text);
      this.lengths.push(plain.length);
      if (lineLevel(plain) === "error") this.errors.push(line.seq);
    }
  }

  private lowerCaseAt(index: number): string {
    let text = this.lowerCase[index];
    if (text === undefined) {
      text = plainText(this.stored[index]?.text ?? "").toLowerCase();
      this.lowerCase[index] = text;
    }
    return text;
  }

  /** At once after a silence, and at most once a frame. */
  private flush() {
    this.unshown = this.resting;
    if (this.resting) return;
    this.resting = true;
    this.schedule(() => {
      this.resting = false;
      if (this.unshown) this.flush();
    });
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
