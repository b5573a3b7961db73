import type { LogLine } from "@/lib/contracts/log";

/** Lines of one page: what one request asks for. Page 0 holds the lines 1 to PAGE_LINES. */
export const PAGE_LINES = 1_000;
/** Lines are kept up to about this many pages and characters, whatever the log's length. */
const MOST_PAGES = 40;
const MOST_CHARACTERS = 12_000_000;

type Page = { lines: (LogLine | undefined)[]; held: number; characters: number };

/** The page that holds a line. */
export function pageOf(seq: number): number {
  return Math.floor((seq - 1) / PAGE_LINES);
}

/**
 * The lines of one log that are held at the moment, by page, in whatever order they came. Each seq has one
 * place, so nothing is there twice; what is not there is asked for again when it is looked at.
 */
export class LogPages {
  private readonly pages = new Map<number, Page>();
  private known = 0;
  private characters = 0;
  /** The page that is looked at; those furthest from it go first. */
  private focus = 0;
  private dropped = false;

  /** How many lines the log is known to have: the highest seq heard of. */
  get extent(): number {
    return this.known;
  }

  /** The log is longer than may be held: a page had to go, and what is read next may cost another one. */
  get hasDropped(): boolean {
    return this.dropped;
  }

  line(seq: number): LogLine | undefined {
    return this.pages.get(pageOf(seq))?.lines[(seq - 1) % PAGE_LINES];
  }

  /** Notes that the log has at least so many lines. True when that is news. */
  extend(lines: number): boolean {
    if (lines <= this.known) return false;
    this.known = lines;
    return true;
  }

  /** Takes lines in any order and gives those that were not held. */
  put(lines: readonly LogLine[]): LogLine[] {
    const added: LogLine[] = [];
    for (const line of lines) {
      const page = this.pageFor(pageOf(line.seq));
      const index = (line.seq - 1) % PAGE_LINES;
      if (page.lines[index] !== undefined) continue;
      page.lines[index] = line;
      page.held += 1;
      page.characters += line.text.length;
      this.characters += line.text.length;
      if (line.seq > this.known) this.known = line.seq;
      added.push(line);
    }
    this.dropFarthest();
    return added;
  }

  /** Says where the reader is: those pages stay. */
  lookAt(seq: number): void {
    this.focus = pageOf(Math.max(1, seq));
  }

  /** The pages between two lines that lack one, in order. */
  lacking(from: number, to: number): number[] {
    const lacking: number[] = [];
    const last = pageOf(Math.min(to, this.known));
    for (let index = pageOf(Math.max(1, from)); index <= last; index += 1)
      if (!this.isWhole(index)) lacking.push(index);
    return lacking;
  }

  /** The first line of a page that is not held; the one behind the page when all are. */
  firstLacking(index: number): number {
    const start = index * PAGE_LINES + 1;
    const lines = this.pages.get(index)?.lines ?? [];
    let at = 0;
    while (at < PAGE_LINES && lines[at] !== undefined) at += 1;
    return start + at;
  }

  /** Lines held, of all pages. */
  get held(): number {
    let held = 0;
    for (const page of this.pages.values()) held += page.held;
    return held;
  }

  private isWhole(index: number): boolean {
    const expected = Math.min(PAGE_LINES, this.known - index * PAGE_LINES);
    return (this.pages.get(index)?.held ?? 0) >= expected;
  }

  private pageFor(index: number): Page {
    let page = this.pages.get(index);
    if (page === undefined) {
      page = { lines: [], held: 0, characters: 0 };
      this.pages.set(index, page);
    }
    return page;
  }

  private dropFarthest(): void {
    while (this.pages.size > 2 && (this.pages.size > MOST_PAGES || this.characters > MOST_CHARACTERS)) {
      let farthest = this.focus;
      for (const index of this.pages.keys())
        if (Math.abs(index - this.focus) > Math.abs(farthest - this.focus)) farthest = index;
      if (farthest === this.focus) return;
      this.characters -= this.pages.get(farthest)?.characters ?? 0;
      this.pages.delete(farthest);
      this.dropped = true;
    }
  }
}
