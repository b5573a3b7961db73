import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "@/lib/db";
import { endTree } from "@/lib/executors/end-tree";
import { isAlive, ownerByName } from "@/lib/executors/process-identity";
import { findProcessesOfRun, findRunsWithProcesses } from "@/lib/executors/processes-of-run";
import { readRecord } from "@/lib/executors/supervisor/read-record";
import type { Logger } from "@/lib/logger";
import { isFinal } from "@/lib/runs/run-states";
import {
  listRunFolders,
  listWorkerFolders,
  removeRunFolder,
  runFolderOf,
  workersFolderOf,
} from "@/lib/runs/state-folder";
import { TUNABLES } from "@/lib/runs/tunables";

type Reaping = {
  db: Db;
  stateFolder: string;
  logger: Logger;
  now(): Date;
  sleep(ms: number): Promise<void>;
};

/** A folder of a run that this database does not know: another installation's, until it is as old as this. */
const FORGOTTEN_MS = 7 * 24 * 3_600_000;
const RUN_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Ends what earlier workers have left running on this machine, their supervisors killed too, and forgets what
 * was kept of runs that have ended. Runs under way and their workers are left alone.
 */
export async function reapLeftovers(reaping: Reaping): Promise<void> {
  const { db, stateFolder } = reaping;
  const marks = findRunsWithProcesses();
  await reapWorkers(reaping, marks);
  const kept = await listRunFolders(stateFolder);
  const ids = [...new Set([...kept, ...marks])].filter((id) => RUN_ID.test(id));
  const runs = await db.run.findMany({ where: { id: { in: ids } }, select: { id: true, state: true } });
  const states = new Map(runs.map(({ id, state }) => [id, state]));
  await Promise.all(
    ids.map(async (id) => {
      const state = states.get(id);
      if (state === undefined) return forgetWhenOld(reaping, id);
      if (isFinal(state)) {
        await endLeft(reaping, id);
        await removeRunFolder(stateFolder, id);
      } else if (await isAbandoned(reaping, id)) await endLeft(reaping, id);
    }),
  );
}

/** What workers did for themselves, such as a look at the dbt project. */
async function reapWorkers(reaping: Reaping, marks: ReadonlySet<string>): Promise<void> {
  const isLeft = (name: string) => {
    const owner = ownerByName(name);
    return owner !== null && !isAlive(owner);
  };
  const ownMarks = [...marks].filter((mark) => !RUN_ID.test(mark));
  await Promise.all(ownMarks.filter(isLeft).map((mark) => endLeft(reaping, mark)));
  const folders = (await listWorkerFolders(reaping.stateFolder)).filter(isLeft);
  for (const name of folders)
    await rm(join(workersFolderOf(reaping.stateFolder), name), { recursive: true, force: true });
}

/** Nobody is left who would end it: neither its worker nor its supervisor lives. */
async function isAbandoned({ stateFolder }: Reaping, runId: string): Promise<boolean> {
  const record = await readRecord(runFolderOf(stateFolder, runId));
  return record !== null && !isAlive(record.worker) && !isAlive(record.supervisor);
}

async function endLeft({ logger, sleep }: Reaping, runId: string): Promise<void> {
  const left = findProcessesOfRun(runId).length;
  if (left === 0) return;
  logger.warn({ runId, processes: left }, "ending what a lost worker has left running");
  await endTree({ runId, group: null, hasEnded: () => true, stepMs: TUNABLES.stopStepMs, sleep });
}

async function forgetWhenOld({ stateFolder, now }: Reaping, runId: string): Promise<void> {
  const found = await stat(runFolderOf(stateFolder, runId)).catch(() => null);
  if (found && now().getTime() - found.mtimeMs > FORGOTTEN_MS) await removeRunFolder(stateFolder, runId);
}
