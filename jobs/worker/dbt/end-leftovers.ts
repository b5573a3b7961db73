import { endSessions } from "@/jobs/worker/end-sessions";
import type { ProgramConnection } from "@/jobs/worker/program-connection";
import type { RunToStart } from "@/jobs/worker/run-handler";
import { sessionName } from "@/jobs/worker/start-program";
import type { DbtParams } from "@/lib/contracts/run-kinds/dbt";
import type { Db } from "@/lib/db";
import { errorText } from "@/lib/errors";
import { findProcessesOfRun } from "@/lib/executors/processes-of-run";

type Leftovers = {
  run: Pick<RunToStart<DbtParams>, "say">;
  connection: ProgramConnection | null;
  db: Db;
  sleep(ms: number): Promise<void>;
};

/** A build takes ten hours at most. */
const LOOK_BACK_MS = 24 * 3_600_000;

/**
 * Ends what builds whose worker was killed have left running: their processes on this machine, and their
 * sessions in the warehouse. Two builds at once would clobber each other's tables.
 */
export async function endLeftovers({ run, connection, db, sleep }: Leftovers): Promise<void> {
  const lost = await db.$queryRaw<{ id: string }[]>`
    select id::text as id from backcourt.run
    where kind = 'dbt' and state = 'interrupted' and finished_at > now() - ${LOOK_BACK_MS} * interval '1 millisecond'`;
  for (const { id } of lost) {
    try {
      const processes = findProcessesOfRun(id);
      for (const { pid } of processes) process.kill(pid, "SIGKILL");
      const sessions = connection ? await endSessions({ connection, name: sessionName(id), sleep }) : 0;
      if (processes.length + sessions > 0)
        run.say(
          `run ${id.slice(-8)}, whose worker was lost, was still at work: ended ${processes.length} processes, ${sessions} sessions`,
        );
    } catch (error) {
      run.say(`what run ${id.slice(-8)} left running could not be ended: ${errorText(error)}`);
    }
  }
}
