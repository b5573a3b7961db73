import { readdirSync, readFileSync } from "node:fs";
import { readProcessStat } from "./process-identity";

/** The variable that marks every process of a run, wherever in the process tree it has gone. */
export const RUN_ID_VARIABLE = "BACKCOURT_RUN_ID";

export type RunProcess = { pid: number; group: number };

/**
 * The living processes whose environment names the run, or that are in its program's process group, by Linux's
 * /proc; zombies do not count. Empty on systems without /proc, where the process group alone is ended.
 */
export function findProcessesOfRun(runId: string, group: number | null = null): RunProcess[] {
  const mark = `${RUN_ID_VARIABLE}=${runId}`;
  return processIds().flatMap((pid) => {
    const isMarked = readEnvironment(pid)?.split("\u0000").includes(mark) ?? false;
    if (!isMarked && group === null) return [];
    const found = living(pid);
    return found && (isMarked || found.group === group) ? [found] : [];
  });
}

/** Every run that has a living process on this machine, as far as its environment may be read. */
export function findRunsWithProcesses(): Set<string> {
  const found = processIds().flatMap((pid) => {
    const mark = readEnvironment(pid)
      ?.split("\u0000")
      .find((variable) => variable.startsWith(`${RUN_ID_VARIABLE}=`));
    return mark && living(pid) ? [mark.slice(RUN_ID_VARIABLE.length + 1)] : [];
  });
  return new Set(found);
}

function living(pid: number): RunProcess | null {
  const stat = readProcessStat(pid);
  return stat && stat.state !== "Z" && stat.state !== "X" ? { pid, group: stat.group } : null;
}

function processIds(): number[] {
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  } catch {
    return [];
  }
}

/** Undefined when the process has gone meanwhile, or belongs to another user. */
function readEnvironment(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return undefined;
  }
}
