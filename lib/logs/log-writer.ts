import type { LogLine } from "@/lib/contracts/log";
import type { DbOrTransaction } from "@/lib/db";
import { LOG_LIMITS, TUNABLES } from "@/lib/runs/tunables";
import type { Redact } from "./redact";

export type LogChannel = LogLine["channel"];

export type LogWriterOptions = {
  db: DbOrTransaction;
  runId: string;
  redact: Redact;
  now: () => Date;
  /** Called after each stored batch, with the seq of its last line. */
  onStored(lastSeq: number): void;
  /** Called when storing failed and is being tried again. */
  onRetry(error: unknown): void;
  sleep(ms: number): Promise<void>;
  /** What is stored already of a run that is taken up again. */
  from?: { lines: number; bytes: number };
};

/**
 * Numbers a run's lines, masks secrets, and stores them in small batches, in order. Lines wait some
 * milliseconds for company. While the database is away the lines are kept and tried again; `backlog` tells
 * the reader of the program's output when to pause.
 */
export class LogWriter {
  private seq: number;
  private bytes: number;
  private truncated = false;
  private waiting: LogLine[] = [];
  private timer: NodeJS.Timeout | undefined;
  private storing: Promise<void> = Promise.resolve();

  constructor(private readonly options: LogWriterOptions) {
    this.seq = options.from?.lines ?? 0;
    this.bytes = options.from?.bytes ?? 0;
  }

  /** Lines accepted and not yet stored. */
  get backlog(): number {
    return this.waiting.length;
  }

  get totals(): { lines: number; bytes: number; truncated: boolean } {
    return { lines: this.seq, bytes: this.bytes, truncated: this.truncated };
  }

  /** Takes a line and gives it as stored; null once the cap is reached, for all but the worker's own words. */
  write(channel: LogChannel, text: string, cut = false): LogLine | null {
    if (channel !== "backcourt" && this.isFull()) return null;
    const masked = this.options.redact(text.replaceAll("\u0000", "\ufffd"));
    const tooLong = cut || masked.length > LOG_LIMITS.lineLength;
    // A cut can halve a surrogate pair, which jsonb refuses.
    const kept = tooLong ? `${masked.slice(0, LOG_LIMITS.lineLength)} … (line cut)` : masked;
    const stored = kept.toWellFormed();
    this.seq += 1;
    this.bytes += Buffer.byteLength(stored) + 1;
    const line: LogLine = { seq: this.seq, at: this.options.now().toISOString(), channel, text: stored };
    this.waiting.push(line);
    this.flushSoon();
    return line;
  }

  /** Stores everything accepted so far. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.storing = this.storing.then(() => this.storeWaiting());
    await this.storing;
  }

  /** Hands over what is not stored yet, for the transaction that ends the run. Write nothing afterwards. */
  async takeRest(): Promise<LogLine[]> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.storing;
    return this.waiting.splice(0);
  }

  private isFull(): boolean {
    if (this.truncated) return true;
    if (this.seq < LOG_LIMITS.lines && this.bytes < LOG_LIMITS.bytes) return false;
    this.truncated = true;
    this.write("backcourt", "log truncated: this run has written more than is kept; the program goes on");
    return true;
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => void this.flush(), TUNABLES.logFlushMs);
  }

  private async storeWaiting(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, LOG_LIMITS.batchLines);
      await this.storeUntilItHolds(batch);
      this.waiting.splice(0, batch.length);
      this.options.onStored(batch.at(-1)?.seq ?? 0);
    }
  }

  private async storeUntilItHolds(batch: LogLine[]): Promise<void> {
    for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
      try {
        await storeLogBatch(this.options.db, this.options.runId, batch, this.totals);
        return;
      } catch (error) {
        this.options.onRetry(error);
        await this.options.sleep(pause);
      }
    }
  }
}

/** Stores one batch and the run's totals. Storing the same batch twice leaves one. */
export async function storeLogBatch(
  db: DbOrTransaction,
  runId: string,
  batch: readonly LogLine[],
  totals: { lines: number; bytes: number; truncated: boolean },
): Promise<void> {
  const first = batch[0];
  const last = batch.at(-1);
  if (!first || !last) return;
  const lines = JSON.stringify(batch.map(({ at, channel, text }) => ({ at, channel, text })));
  await db.$executeRaw`
    with chunk as (
      insert into backcourt.log_chunk (run_id, first_seq, last_seq, lines)
      values (${runId}::uuid, ${first.seq}, ${last.seq}, ${lines}::jsonb)
      on conflict do nothing)
    update backcourt.run set log_lines = ${last.seq}, log_bytes = ${totals.bytes}, log_truncated = ${totals.truncated}
    where id = ${runId}::uuid`;
}
