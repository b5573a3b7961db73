import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import type { Execution, OutputSink, ProcessEnd } from "./executor-types";
import { findProcessesOfRun, RUN_ID_VARIABLE } from "./processes-of-run";

export type LocalProcessOptions = {
  runId: string;
  argv: readonly string[];
  cwd: string;
  /** The whole environment of the program; nothing is inherited. */
  env: Record<string, string>;
  output: OutputSink;
  /** Milliseconds between SIGINT, SIGTERM and SIGKILL. */
  stopStepMs: number;
  sleep(ms: number): Promise<void>;
};

/**
 * Starts a program in a process group of its own, without a shell. Its environment carries the run's id, by
 * which `stop` also finds descendants that have left the group.
 */
export function startLocalProcess(options: LocalProcessOptions): Execution {
  const [command, ...args] = options.argv;
  if (command === undefined) return notStarted("The command is empty.");
  let child: ChildProcess;
  try {
    child = spawn(command, args, {
      cwd: options.cwd,
      // Next's types demand NODE_ENV of every environment; to the pipeline's programs it means nothing.
      env: { ...options.env, [RUN_ID_VARIABLE]: options.runId, NODE_ENV: "production" },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    return notStarted(error instanceof Error ? error.message : String(error));
  }
  return { ended: waitForEnd(child, options), stop: () => stopTree(child, options) };
}

async function waitForEnd(child: ChildProcess, options: LocalProcessOptions): Promise<ProcessEnd> {
  const exit = new Promise<ProcessEnd>((resolve) => {
    child.once("error", (error) => resolve({ kind: "not-started", reason: spawnFailure(error, options) }));
    child.once("exit", (exitCode, signal) =>
      resolve(signal ? { kind: "signalled", signal } : { kind: "exited", exitCode: exitCode ?? -1 }),
    );
  });
  const outputs = [child.stdout, child.stderr].map((stream, index) =>
    stream ? forward(stream, index === 0 ? "stdout" : "stderr", options.output) : Promise.resolve(),
  );
  const end = await exit;
  if (end.kind === "not-started") return end;
  await Promise.race([Promise.all(outputs), drainGrace(options)]);
  return end;
}

/** A descendant may keep the pipe open after the program's end; its output is not waited for without bound. */
async function drainGrace({ sleep, stopStepMs }: LocalProcessOptions): Promise<void> {
  await sleep(stopStepMs);
}

async function forward(stream: Readable, channel: "stdout" | "stderr", output: OutputSink): Promise<void> {
  try {
    for await (const bytes of stream) await output(channel, bytes as Uint8Array);
  } catch (error) {
    // A pipe torn by SIGKILL ends the output; the program's end says the rest.
    if (!isStreamTorn(error)) throw error;
  }
}

async function stopTree(child: ChildProcess, options: LocalProcessOptions): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
    if (isGone(child, options.runId)) return;
    signalTree(child, options.runId, signal);
    await goneWithin(child, options);
  }
}

function signalTree(child: ChildProcess, runId: string, signal: NodeJS.Signals): void {
  if (child.pid !== undefined) sendSignal(-child.pid, signal);
  for (const { pid, group } of findProcessesOfRun(runId)) if (group !== child.pid) sendSignal(pid, signal);
}

async function goneWithin(child: ChildProcess, options: LocalProcessOptions): Promise<void> {
  const pause = 50;
  for (let waited = 0; waited < options.stopStepMs && !isGone(child, options.runId); waited += pause) {
    await options.sleep(pause);
  }
}

function isGone(child: ChildProcess, runId: string): boolean {
  const childGone = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  return childGone && findProcessesOfRun(runId).length === 0;
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function spawnFailure(error: NodeJS.ErrnoException, { argv, cwd }: LocalProcessOptions): string {
  if (error.code === "ENOENT") {
    return existsSync(cwd)
      ? `The program ${argv[0]} does not exist on the worker's machine.`
      : `The program's folder ${cwd} does not exist on the worker's machine.`;
  }
  if (error.code === "EACCES") return `The program ${argv[0]} may not be executed by the worker's user.`;
  return `${argv[0]} could not be started: ${error.message}`;
}

function isStreamTorn(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    ["ERR_STREAM_PREMATURE_CLOSE", "EPIPE", "ECONNRESET"].includes(String(error.code))
  );
}

function notStarted(reason: string): Execution {
  return { ended: Promise.resolve({ kind: "not-started", reason }), stop: async () => undefined };
}
