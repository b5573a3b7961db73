import type { RunToStart, StartedProgram } from "@/jobs/worker/run-handler";
import { errorText } from "@/lib/errors";
import { endSessions } from "./end-sessions";
import type { ProgramConnection } from "./program-connection";

type Surroundings = {
  /** The program's own environment; the name of its sessions comes on top of it. */
  env: Record<string, string>;
  /** Null where only the program knows how it connects: its sessions cannot be ended then. */
  connection: ProgramConnection | null;
  sleep(ms: number): Promise<void>;
};

/**
 * Starts a program of the pipeline, its database sessions named after the run. `stop` also ends what it left
 * running in the warehouse: ending a client does not end its SQL.
 * @throws AppError with the reason when nothing was started
 */
export async function startProgram(
  run: Pick<RunToStart<unknown>, "runId" | "argv" | "cwd" | "launch" | "say">,
  { env, connection, sleep }: Surroundings,
): Promise<StartedProgram<null>> {
  const { runId, argv, cwd } = run;
  const name = sessionName(runId);
  const execution = await run.launch({ argv, cwd, env: { ...env, PGAPPNAME: name } });
  return {
    ended: execution.ended,
    async stop() {
      await execution.stop();
      if (connection === null) return;
      try {
        const ended = await endSessions({ connection, name, sleep });
        if (ended > 0) run.say(`ended ${ended} of its sessions in the warehouse`);
      } catch (error) {
        run.say(`it could not be seen whether its sessions in the warehouse have ended: ${errorText(error)}`);
      }
    },
    collect: async () => null,
  };
}

/** How a run's sessions are called in the warehouse's `pg_stat_activity`. */
export function sessionName(runId: string): string {
  return `backcourt-${runId}`;
}
