/** How a program ended. Exactly one of the two is set, or neither when it never started. */
export type ProcessEnd =
  | { kind: "exited"; exitCode: number }
  | { kind: "signalled"; signal: string }
  | { kind: "not-started"; reason: string };

/** Takes a program's output; resolves when it may send more. */
export type OutputSink = (channel: "stdout" | "stderr", bytes: Uint8Array) => Promise<void> | void;

/** A program under way. */
export type Execution = {
  /** Settles once the program has ended and all its output has been handed over. Never rejects. */
  ended: Promise<ProcessEnd>;
  /** Ends the program and everything that it started. Resolves when all of it is gone. */
  stop(): Promise<void>;
};
