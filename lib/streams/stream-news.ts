import type { ReaderCall } from "./reader-calls";

type Timing = { heartbeatMs: number; now(): number; run: { id: string } | null };

/** What has happened since a stream's reader last looked: bounded by the number of runs and dates, not by events. */
export class StreamNews {
  private hasLog = true;
  private mustLook = true;
  private readonly runs = new Set<string>();
  private beingRead: string[] = [];
  private readonly dates = new Set<string>();
  private readonly observations = new Set<string>();
  private wake: (() => void) | null = null;
  private heartbeatAt: number;

  constructor(private readonly timing: Timing) {
    this.heartbeatAt = timing.now();
  }

  readonly note = (call: ReaderCall): void => {
    const watched = this.timing.run?.id;
    if (call.type === "look") this.lookAgain();
    if (call.type === "log") this.hasLog = true;
    if (call.type === "run") {
      this.runs.add(call.runId);
      if (call.runId === watched) this.hasLog = true;
    }
    if (call.type === "coverage") for (const date of call.dates) this.dates.add(date);
    if (call.type === "observation") this.observations.add(call.key);
    if (this.isAny()) this.wake?.();
  };

  /** The watched run and its log are read again, whatever is known of them. */
  lookAgain(): void {
    this.hasLog = true;
    this.mustLook = true;
  }

  /** What was taken last could not be read. */
  giveBack(): void {
    for (const runId of this.beingRead) this.runs.add(runId);
    this.lookAgain();
  }

  takeLog(): boolean {
    const log = this.hasLog;
    this.hasLog = false;
    return log;
  }

  /** Runs that have changed, and `watched` when it is time to look at it. */
  takeRuns(watched: string | null): { runId: string; isNews: boolean }[] {
    this.beingRead = takeAll(this.runs);
    const changed = this.beingRead.map((runId) => ({ runId, isNews: true }));
    const look = this.mustLook && watched !== null && !this.beingRead.includes(watched);
    this.mustLook = false;
    return look ? [...changed, { runId: watched, isNews: false }] : changed;
  }

  takeDates(): string[] {
    return takeAll(this.dates);
  }

  takeObservations(): string[] {
    return takeAll(this.observations);
  }

  /** Waits for news, no longer than to the next heartbeat; true when that is due. */
  async wait(signal: AbortSignal): Promise<boolean> {
    const { now, heartbeatMs } = this.timing;
    if (!this.isAny()) await this.waitForWake(this.heartbeatAt + heartbeatMs - now(), signal);
    if (signal.aborted || now() - this.heartbeatAt < heartbeatMs) return false;
    this.heartbeatAt = now();
    return true;
  }

  /** Waits, whatever happens but the end. */
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    const until = this.timing.now() + ms;
    for (let rest = ms; rest > 0 && !signal.aborted; rest = until - this.timing.now())
      await this.waitForWake(rest, signal);
  }

  private isAny(): boolean {
    if (this.timing.run !== null && (this.hasLog || this.mustLook)) return true;
    return [this.runs, this.dates, this.observations].some(({ size }) => size > 0);
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
