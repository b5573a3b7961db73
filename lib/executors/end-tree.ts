import { findProcessesOfRun } from "./processes-of-run";

export type TreeToEnd = {
  runId: string;
  /** The program's process group; null when there is none that is surely its own. */
  group: number | null;
  /** Whether the program itself has ended; what it left behind is looked for besides. */
  hasEnded(): boolean;
  /** Milliseconds between SIGINT, SIGTERM and SIGKILL. */
  stepMs: number;
  sleep(ms: number): Promise<void>;
  /** Told before each signal that is needed. */
  onSignal?(signal: NodeJS.Signals): void;
};

const LOOK_MS = 100;

/**
 * Ends a run's program and everything that it started: by its process group, and by the run's id in the
 * environment of whatever has left the group. Comes back when all of it is gone, or the last step is over.
 */
export async function endTree(tree: TreeToEnd): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
    if (isGone(tree)) return;
    tree.onSignal?.(signal);
    signalTree(tree, signal);
    // By the clock: on a busy machine the looks themselves take their time.
    for (const until = performance.now() + tree.stepMs; performance.now() < until; ) {
      await tree.sleep(LOOK_MS);
      if (isGone(tree)) return;
      // One that was forked while the others were being killed is caught at the next look.
      if (signal === "SIGKILL") signalTree(tree, signal);
    }
  }
}

function isGone({ runId, group, hasEnded }: TreeToEnd): boolean {
  return hasEnded() && findProcessesOfRun(runId, group).length === 0;
}

function signalTree({ runId, group }: TreeToEnd, signal: NodeJS.Signals): void {
  if (group !== null) sendSignal(-group, signal);
  for (const process of findProcessesOfRun(runId))
    if (process.group !== group) sendSignal(process.pid, signal);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
