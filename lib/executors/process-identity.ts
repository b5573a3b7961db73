import { readFileSync } from "node:fs";

/** A process that cannot be mistaken for a later one of the same number: its start, in the kernel's own clock. */
export type ProcessIdentity = { pid: number; startTime: string | null };

/** What `/proc/PID/stat` tells that is used here; null when there is no such process, or no /proc. */
export type ProcessStat = { state: string; parent: number; group: number; startTime: string };

/** Reads a living process's state, parent, group and start time (clock ticks since boot). */
export function readProcessStat(pid: number): ProcessStat | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // The name in field 2 may hold spaces and brackets; the other fields follow its last bracket.
  const fields = stat.slice(stat.lastIndexOf(") ") + 2).split(" ");
  const [state = "", parent = "0", group = "0"] = fields;
  return { state, parent: Number(parent), group: Number(group), startTime: fields[19] ?? "" };
}

/** The process that has this number now. */
export function identify(pid: number): ProcessIdentity {
  return { pid, startTime: readProcessStat(pid)?.startTime ?? null };
}

/** False once it has ended (a zombie has), also when another process has its number; by number alone without /proc. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  const stat = readProcessStat(pid);
  if (stat) return stat.startTime === startTime && stat.state !== "Z" && stat.state !== "X";
  if (startTime !== null) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The identity as a part of a name: what is named so belongs to that process. */
export function identityName({ pid, startTime }: ProcessIdentity): string {
  return `${pid}-${startTime ?? "0"}`;
}

/** Whom a name belongs to that holds an identity; null where it holds none. */
export function ownerByName(name: string): ProcessIdentity | null {
  const [, pid, startTime] = /(?:^|-)(\d+)-(\d+)-/.exec(name) ?? [];
  return pid === undefined || startTime === undefined
    ? null
    : { pid: Number(pid), startTime: startTime === "0" ? null : startTime };
}
