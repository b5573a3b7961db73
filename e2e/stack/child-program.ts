import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** A program of the stack under test. */
export type ChildProgram = {
  name: string;
  pid: number;
  /** Everything that it has printed. */
  output(): string;
  alive(): boolean;
  kill(signal: NodeJS.Signals): void;
  /** Ends it, by SIGKILL when it does not go by itself. */
  stop(): Promise<void>;
};

/** Starts a program with exactly this environment and the PATH. */
export function startProgram(
  name: string,
  argv: string[],
  env: Record<string, string>,
  cwd: string,
): ChildProgram {
  const [command = "", ...args] = argv;
  const child: ChildProcess = spawn(command, args, {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/", NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-200_000);
    });
  }
  // A test runner that dies without a word must not leave a whole stack behind.
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => {
      process.off("exit", killWithUs);
      resolve();
    });
    child.once("error", (error) => {
      output += error.message;
      resolve();
    });
  });
  const alive = () => child.exitCode === null && child.signalCode === null;
  return {
    name,
    pid: child.pid ?? -1,
    output: () => output,
    alive,
    kill: (signal) => void child.kill(signal),
    async stop() {
      if (!alive()) return;
      child.kill("SIGTERM");
      // Without a reference: the timer must not keep a runner alive that has stopped everything.
      await Promise.race([gone, sleep(15_000, undefined, { ref: false })]);
      if (alive()) child.kill("SIGKILL");
      await gone;
    },
  };
}
