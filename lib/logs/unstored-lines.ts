import type { LogLine } from "@/lib/contracts/log";
import { LOG_LIMITS } from "@/lib/runs/tunables";

/** What a line takes in memory beside its text. */
const LINE_OVERHEAD = 200;

/** Lines in memory that are not stored yet, ascending, and about how many bytes they take. */
export class UnstoredLines {
  private lines: LogLine[] = [];
  private taken = 0;

  get cost(): number {
    return this.taken;
  }

  get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  push(line: LogLine): void {
    this.lines.push(line);
    this.taken += costOf(line);
  }

  /** Whether one batch holds them all. */
  fitInBatch(): boolean {
    return this.lines.length <= LOG_LIMITS.batchLines && this.taken <= LOG_LIMITS.batchBytes;
  }

  /** The first lines, as many as a batch may hold. */
  firstBatch(): LogLine[] {
    const batch: LogLine[] = [];
    let cost = 0;
    for (const line of this.lines) {
      cost += costOf(line);
      if (batch.length === LOG_LIMITS.batchLines || (cost > LOG_LIMITS.batchBytes && batch.length > 0)) break;
      batch.push(line);
    }
    return batch;
  }

  all(): LogLine[] {
    return [...this.lines];
  }

  takeAll(): LogLine[] {
    const lines = this.lines;
    this.lines = [];
    this.taken = 0;
    return lines;
  }

  /** Forgets the lines up to and including `seq`. */
  dropThrough(seq: number): void {
    const kept = this.lines.findIndex((line) => line.seq > seq);
    const dropped = this.lines.splice(0, kept === -1 ? this.lines.length : kept);
    for (const line of dropped) this.taken -= costOf(line);
  }
}

function costOf({ text }: LogLine): number {
  return text.length * 2 + LINE_OVERHEAD;
}
