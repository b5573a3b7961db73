import type { LogLine } from "@/lib/contracts/log";
import type { Db } from "@/lib/db";
import { LOG_LIMITS, TUNABLES } from "@/lib/runs/tunables";
import { LineSpool } from "./line-spool";
import { type Redact, TEXT_BEFORE } from "./redact";
import { type LogOwner, storeLogBatch } from "./store-log-batch";
import { UnstoredLines } from "./unstored-lines";

export type LogChannel = LogLine["channel"];

export type LogWriterOptions = LogOwner & {
  db: Db;
  redact: Redact;
  now: () => Date;
  /** A file of this run's own, in which lines wait while the database is away. It need not exist. */
  spoolFile: string;
  /** Called after each stored batch, with the seq of its last line. */
  onStored(lastSeq: number): void;
  /** Called when storing or spooling failed and is being tried again. */
  onRetry(error: unknown): void;
  sleep(ms: number): Promise<void>;
  /** What is stored already of a run that is taken up again. */
  from?: { lines: number; bytes: number };
};

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2_000;

/**
 * Numbers a run's lines, masks secrets, and stores them in order. The first line after a silence is stored at
 * once; those that follow closely share a batch. While the database is away, or slower than the program, lines
 * wait on disk, so that neither memory grows nor the program has to wait; `room` holds up its reader only for
 * the disk. See docs/decisions/0013.
 */
export class LogWriter {
  private seq: number;
  private bytes: number;
  private truncated = false;
  /** What each channel wrote last, secrets included: one may go on in the next line. */
  private readonly before: Record<LogChannel, string> = { stdout: "", stderr: "", backcourt: "" };
  private storedThrough: number;
  private readonly waiting = new UnstoredLines();
  private readonly spool: LineSpool;
  private storing: Promise<void> | null = null;
  private spilling: Promise<boolean> | null = null;
  private spillTimer: NodeJS.Timeout | undefined;
  private batchBeganAt = Number.NEGATIVE_INFINITY;
  /** Ends the wait for company. */
  private hurry: (() => void) | null = null;
  private isHurried = false;
  private isAway = false;
  private isDiskFull = false;
  private isLost = false;

  constructor(private readonly options: LogWriterOptions) {
    this.seq = options.from?.lines ?? 0;
    this.storedThrough = this.seq;
    this.bytes = options.from?.bytes ?? 0;
    this.spool = new LineSpool(options.spoolFile);
  }

  /** Whether a program's further lines are dropped: it may go on writing, and nothing of it need be read. */
  get isFull(): boolean {
    return this.truncated;
  }

  get totals(): { lines: number; bytes: number; truncated: boolean } {
    return { lines: this.seq, bytes: this.bytes, truncated: this.truncated };
  }

  /** Takes a line and gives it as stored; null once the cap is reached, for all but the worker's own words. */
  write(channel: LogChannel, text: string, cut = false): LogLine | null {
    if (channel !== "backcourt" && this.reachesCap()) return null;
    const masked = this.options.redact(text.replaceAll("\u0000", "\ufffd"), this.before[channel]);
    this.before[channel] = (this.before[channel] + text).slice(-TEXT_BEFORE);
    const tooLong = cut || masked.length > LOG_LIMITS.lineLength;
    // A cut can halve a surrogate pair, which jsonb refuses.
    const kept = tooLong ? `${masked.slice(0, LOG_LIMITS.lineLength)} … (line cut)` : masked;
    const stored = kept.toWellFormed();
    this.seq += 1;
    this.bytes += Buffer.byteLength(stored) + 1;
    const line: LogLine = { seq: this.seq, at: this.options.now().toISOString(), channel, text: stored };
    if (this.isLost) return line;
    this.waiting.push(line);
    if (this.isAway) this.spillSoon();
    this.startStoring();
    return line;
  }

  /** Resolves as soon as more may be written without filling the memory; rarely not at once. */
  async room(): Promise<void> {
    while (this.waiting.cost > LOG_LIMITS.memoryBytes && !this.isLost && !this.truncated) {
      if (await this.spill()) continue;
      if (this.isAway) this.truncate("the database is away and the worker's disk takes no more lines");
      else await this.options.sleep(FIRST_RETRY_MS);
    }
  }

  /** Stores everything accepted so far. */
  async flush(): Promise<void> {
    this.isHurried = true;
    this.hurry?.();
    if (!this.isEmpty) this.startStoring();
    await this.storing;
    this.isHurried = false;
  }

  /** Hands over what is not stored yet, for the transaction that ends the run. Write nothing afterwards. */
  async takeRest(): Promise<LogLine[]> {
    clearTimeout(this.spillTimer);
    for (;;) {
      // A move to the disk that is under way must not take along what is handed over.
      await this.spilling;
      const isWhole = !this.hasSpooled && this.storing === null && this.waiting.fitInBatch();
      if (isWhole || this.isLost) break;
      await this.flush();
    }
    const rest = this.waiting.takeAll();
    await this.close();
    return rest;
  }

  /** Gives up what is not stored, and removes the spool. */
  async close(): Promise<void> {
    clearTimeout(this.spillTimer);
    await this.spilling;
    await this.spool.remove();
  }

  private get hasSpooled(): boolean {
    return this.spool.lastSeq > this.storedThrough;
  }

  private get isEmpty(): boolean {
    return !this.hasSpooled && this.waiting.isEmpty;
  }

  private reachesCap(): boolean {
    if (this.truncated) return true;
    if (this.seq < LOG_LIMITS.lines && this.bytes < LOG_LIMITS.bytes) return false;
    this.truncate("this run has written more than is kept");
    return true;
  }

  private truncate(reason: string): void {
    if (this.truncated) return;
    this.truncated = true;
    this.write("backcourt", `log truncated: ${reason}; the program goes on`);
  }

  private startStoring(): void {
    this.storing ??= this.storeWaiting();
  }

  private async storeWaiting(): Promise<void> {
    // What the program wrote in the same breath goes along.
    await null;
    try {
      for (let pause = FIRST_RETRY_MS; !this.isEmpty && !this.isLost; ) {
        await this.waitForCompany();
        try {
          await this.storeBatch();
          this.isAway = false;
          pause = FIRST_RETRY_MS;
        } catch (error) {
          this.isAway = true;
          this.options.onRetry(error);
          await this.spill();
          await this.options.sleep(pause);
          pause = Math.min(pause * 2, LONGEST_RETRY_MS);
        }
      }
    } finally {
      this.storing = null;
    }
  }

  /** Batches begin at least so far apart, unless there is one in full or someone waits for all of it. */
  private async waitForCompany(): Promise<void> {
    const rest = this.batchBeganAt + TUNABLES.logFlushMs - performance.now();
    if (rest > 0 && !this.isHurried && !this.hasSpooled && this.waiting.fitInBatch()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, rest);
        this.hurry = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.hurry = null;
    }
    this.batchBeganAt = performance.now();
  }

  private async storeBatch(): Promise<void> {
    const batch = this.hasSpooled
      ? await this.spool.read(this.storedThrough, LOG_LIMITS.batchLines)
      : this.waiting.firstBatch();
    const result = await this.withPatience(
      storeLogBatch(this.options.db, this.options, batch, this.truncated),
    );
    if (result.kind === "lost") {
      this.isLost = true;
      this.waiting.takeAll();
      return;
    }
    this.storedThrough = result.lastSeq;
    this.waiting.dropThrough(result.lastSeq);
    this.options.onStored(result.lastSeq);
  }

  /** A database that does not answer is as good as away, though its answer is waited for. */
  private async withPatience<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const patience = setTimeout(() => {
      this.isAway = true;
      void this.spill();
    }, TUNABLES.logPatienceMs);
    try {
      return await answer;
    } finally {
      clearTimeout(patience);
    }
  }

  /** A worker that dies while the database is away leaves its lines on disk. */
  private spillSoon(): void {
    if (this.spillTimer !== undefined) return;
    this.spillTimer = setTimeout(() => {
      this.spillTimer = undefined;
      void this.spill();
    }, TUNABLES.logSpillMs);
  }

  /** Moves the lines in memory to the disk; false when that takes none. */
  private spill(): Promise<boolean> {
    this.spilling ??= this.spillWaiting().finally(() => {
      this.spilling = null;
    });
    return this.spilling;
  }

  private async spillWaiting(): Promise<boolean> {
    const lines = this.waiting.all();
    try {
      await this.spool.append(lines, this.storedThrough);
    } catch (error) {
      if (!this.isDiskFull) this.options.onRetry(error);
      this.isDiskFull = true;
      return false;
    }
    this.isDiskFull = false;
    this.waiting.dropThrough(lines.at(-1)?.seq ?? 0);
    return true;
  }
}
