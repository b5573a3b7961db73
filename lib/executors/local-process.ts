import { type ChildProcess, spawn } from "node:child_process";
import { waitAtMost } from "@/lib/wait-at-most";
import { endTree } from "./end-tree";
import type { Execution, OutputSink, ProcessEnd, Program } from "./executor-types";
import { forwardOutput } from "./forward-output";
import { RUN_ID_VARIABLE } from "./processes-of-run";
import { spawnFailure } from "./spawn-failure";

export type LocalProcessOptions = Program & {
  runId: string;
  output: OutputSink;
  /** Milliseconds between SIGINT, SIGTERM and SIGKILL. */
  stopStepMs: number;
  sleep(ms: number): Promise<void>;
};

/**
 * Starts a program in a process group of its own, without a shell, for as long as this process lives (a run's
 * program has a supervisor: `startSupervisor`). Its environment carries `runId`, by which `stop` also finds
 * descendants that have left the group.
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
  const { runId, stopStepMs: stepMs, sleep } = options;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  return {
    ended: waitForEnd(child, options),
    stop: () => endTree({ runId, group: child.pid ?? null, hasEnded, stepMs, sleep }),
  };
}

async function waitForEnd(child: ChildProcess, options: LocalProcessOptions): Promise<ProcessEnd> {
  const exit = new Promise<ProcessEnd>((resolve) => {
    child.once("error", (error) => resolve({ kind: "not-started", reason: spawnFailure(error, options) }));
    child.once("exit", (exitCode, signal) =>
      resolve(signal ? { kind: "signalled", signal } : { kind: "exited", exitCode: exitCode ?? -1 }),
    );
  });
  const outputs = [child.stdout, child.stderr].map((stream, index) =>
    stream ? forwardOutput(stream, index === 0 ? "stdout" : "stderr", options.output) : Promise.resolve(),
  );
  const end = await exit;
  if (end.kind === "not-started") return end;
  // A descendant may keep the pipe open after the program's end; its output is not waited for without bound.
  await waitAtMost(Promise.all(outputs), options.stopStepMs);
  return end;
}

function notStarted(reason: string): Execution {
  return { ended: Promise.resolve({ kind: "not-started", reason }), stop: async () => undefined };
}
