/** How a program ended; `lost` when nobody saw it. */
export type ProcessEnd =
  | { kind: "exited"; exitCode: number }
  | { kind: "signalled"; signal: string }
  | { kind: "not-started"; reason: string }
  | { kind: "lost"; reason: string };

/** Takes a program's output; resolves when it may send more. */
export type OutputSink = (channel: "stdout" | "stderr", bytes: Uint8Array) => Promise<void> | void;

/** A program to be run: no shell, and nothing inherited. */
export type Program = {
  argv: readonly string[];
  cwd: string;
  /** Its whole environment. */
  env: Record<string, string>;
};

/** A program under way. */
export type Execution = {
  /** Settles once the program has ended and all its output has been handed over. Never rejects. */
  ended: Promise<ProcessEnd>;
  /** Ends the program and everything that it started. Resolves when all of it is gone. */
  stop(): Promise<void>;
};
