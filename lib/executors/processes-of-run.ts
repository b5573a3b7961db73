import { readdirSync, readFileSync } from "node:fs";

/** The variable that marks every process of a run, wherever in the process tree it has gone. */
export const RUN_ID_VARIABLE = "BACKCOURT_RUN_ID";

export type RunProcess = { pid: number; group: number };

/**
 * The living processes whose environment names the run, by Linux's /proc; zombies do not count. Empty
 * on systems without /proc, where the process group alone is ended.
 */
export function findProcessesOfRun(runId: string): RunProcess[] {
  const mark = `${RUN_ID_VARIABLE}=${runId}`;
  return processIds().flatMap((pid) => {
    if (!readProcFile(pid, "environ")?.split("\u0000").includes(mark)) return [];
    // The name in field 2 may hold spaces and brackets; state and group follow its last bracket.
    const [state, , group] = (readProcFile(pid, "stat") ?? "").split(") ").at(-1)?.split(" ") ?? [];
    return state === undefined || state === "Z" || state === "X" ? [] : [{ pid, group: Number(group) }];
  });
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
function readProcFile(pid: number, name: "environ" | "stat"): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}
