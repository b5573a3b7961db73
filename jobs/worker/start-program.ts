import type { StartedProgram } from "@/jobs/worker/run-handler";
import type { OutputSink } from "@/lib/executors/executor-types";
import { startLocalProcess } from "@/lib/executors/local-process";
import { TUNABLES } from "@/lib/runs/tunables";

type Program = { runId: string; argv: readonly string[]; cwd: string; output: OutputSink };

/** Starts a program of the pipeline in the environment given, its database sessions named after the run. */
export function startProgram(
  { runId, argv, cwd, output }: Program,
  { env, sleep }: { env: Record<string, string>; sleep(ms: number): Promise<void> },
): StartedProgram<null> {
  const execution = startLocalProcess({
    runId,
    argv,
    cwd,
    env: { ...env, PGAPPNAME: sessionName(runId) },
    stopStepMs: TUNABLES.stopStepMs,
    sleep,
    output,
  });
  return { ...execution, collect: async () => null };
}

/** How a run's sessions are called in the warehouse's `pg_stat_activity`. */
export function sessionName(runId: string): string {
  return `backcourt-${runId}`;
}
