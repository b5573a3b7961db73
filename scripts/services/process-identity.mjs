import { readdirSync, readFileSync } from "node:fs";

/** @param {number} pid @returns {{ parent: number, startedAt: string, zombie: boolean } | undefined} undefined when it has gone */
function readStat(pid) {
  try {
    // The second field is the program's name in parentheses, and may hold spaces and parentheses itself.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), startedAt: fields[19] ?? "", zombie: fields[0] === "Z" };
  } catch {
    return undefined;
  }
}

/**
 * When a process was started, in clock ticks since boot: with the pid it names one process for good,
 * where a pid alone may have gone to another.
 * @param {number} pid
 * @returns {string | undefined} undefined when no such process runs
 */
export function processStart(pid) {
  const stat = readStat(pid);
  return stat && !stat.zombie ? stat.startedAt : undefined;
}

/** @param {{ pid: number, startedAt?: string }} process @returns {boolean} whether that very process still runs */
export function isRunning({ pid, startedAt }) {
  const start = processStart(pid);
  return start !== undefined && start === startedAt;
}

/**
 * All descendants of a process, children's children too, whatever group they have moved to.
 * @param {number} pid
 * @returns {{ pid: number, startedAt: string }[]}
 */
export function descendantsOf(pid) {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), stat: readStat(Number(name)) }));
  const found = [];
  let parents = new Set([pid]);
  while (parents.size > 0) {
    const children = all.filter(({ stat }) => stat && parents.has(stat.parent));
    found.push(...children.map((child) => ({ pid: child.pid, startedAt: child.stat?.startedAt ?? "" })));
    parents = new Set(children.map((child) => child.pid));
  }
  return found;
}
