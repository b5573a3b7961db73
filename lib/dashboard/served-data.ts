import type { Probe } from "@/lib/contracts/dashboard";
import type { ServedData } from "@/lib/contracts/run-kinds/dashboard-restart";

/**
 * When the data that are served were read: by the dashboard's own word, else not before its oldest running
 * task's start. Null while no task runs, or none has read anything yet.
 */
export function servedData(
  health: Probe | null,
  tasks: readonly { startedAt: string | null; lastStatus: string }[],
): ServedData | null {
  if (health?.hasSnapshot === false) return null;
  if (health?.refreshedAt) return { at: health.refreshedAt, source: "health" };
  const [oldest] = tasks
    .flatMap(({ startedAt, lastStatus }) => (startedAt && lastStatus === "RUNNING" ? [startedAt] : []))
    .sort();
  return oldest ? { at: oldest, source: "task-start" } : null;
}
