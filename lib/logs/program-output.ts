import type { LogLine } from "@/lib/contracts/log";
import { LOG_LIMITS } from "@/lib/runs/tunables";
import type { LogWriter } from "./log-writer";
import { LineSplitter } from "./split-lines";

type ProgramChannel = "stdout" | "stderr";

/** A program's output on its way into the log: bytes of both channels in, numbered lines out. */
export class ProgramOutput {
  private readonly splitters = { stdout: makeSplitter(), stderr: makeSplitter() };

  /** `onLine` is told of each line that the log has taken, as it is stored. */
  constructor(
    private readonly log: LogWriter,
    private readonly onLine: (line: LogLine) => void,
  ) {}

  /** Takes what the program wrote; resolves when it may write more. What the log has no place for is dropped unread. */
  readonly push = (channel: ProgramChannel, bytes: Uint8Array): Promise<void> | void => {
    if (this.log.isFull) return;
    for (const { text, cut } of this.splitters[channel].push(bytes)) this.take(channel, text, cut);
    return this.log.room();
  };

  /** The program has closed its output: what it left without a line end is a line. */
  end(): void {
    for (const channel of ["stdout", "stderr"] as const)
      for (const { text, cut } of this.splitters[channel].end()) this.take(channel, text, cut);
  }

  private take(channel: ProgramChannel, text: string, cut: boolean): void {
    const line = this.log.write(channel, text, cut);
    if (line) this.onLine(line);
  }
}

function makeSplitter(): LineSplitter {
  return new LineSplitter(LOG_LIMITS.lineLength + LOG_LIMITS.lineOverlap);
}
