import { type ChildProcess, spawn } from "node:child_process";

/** The process of a task, once it listens. */
export interface TaskProcess {
  /** Where it listens. */
  url: string;
  exited: Promise<void>;
  /** SIGTERM, then SIGKILL as ECS does it, though sooner. */
  stop(): Promise<void>;
}

export interface TaskCommand {
  argv: readonly string[];
  env: Record<string, string>;
}

const STOP_GRACE_MS = 3_000;
const LISTENING = /listening on (http:\/\/\S+)/;

/**
 * Starts a task's program and waits until it says where it listens. Its input is a pipe that closes with this
 * process, by which it knows when to go.
 * @throws Error with its output when it ends before
 */
export async function startTaskProcess({ argv, env }: TaskCommand): Promise<TaskProcess> {
  const [command = "", ...args] = argv;
  // Next's types want a NODE_ENV in every environment.
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  void exited.then(() => process.off("exit", killWithUs));
  return { url: await readAddress(child, exited), exited, stop: () => stopProcess(child, exited) };
}

function readAddress(child: ChildProcess, exited: Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output = (output + text).slice(-4_000);
        const url = LISTENING.exec(output)?.[1];
        if (url !== undefined) resolve(url);
        else if (stream === child.stderr) process.stderr.write(text);
      });
    }
    child.once("error", reject);
    void exited.then(() => reject(new Error(`the task's program ended before it listened: ${output}`)));
  });
}

async function stopProcess(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), STOP_GRACE_MS);
  await exited;
  clearTimeout(patience);
}
