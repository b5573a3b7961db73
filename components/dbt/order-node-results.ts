import { assertNever } from "@/lib/assert-never";
import type { DbtNodeResult } from "@/lib/contracts/run-kinds/dbt";
import { hasFailed, type NodeStatus } from "./node-status";

export const NODE_FILTERS = ["all", "failed", "slow"] as const;
export type NodeFilter = (typeof NODE_FILTERS)[number];

/** A node is slow when it took half as long again as usual, and the difference can be felt. */
const SLOW_FACTOR = 1.5;
const SLOW_SECONDS = 0.5;

/** What failed, then what is running, what warned, the slowest of the rest, and last what did not run. */
const RANK: Record<NodeStatus, number> = {
  error: 0,
  fail: 1,
  running: 2,
  warn: 3,
  success: 4,
  pass: 4,
  cancelled: 5,
  skipped: 6,
};

/** How many times its usual time a node took: `1.8`; null where that is nothing to speak of. */
export function slownessOf({ seconds, usualSeconds }: DbtNodeResult): number | null {
  if (seconds === null || usualSeconds === null || usualSeconds <= 0) return null;
  const isSlow = seconds >= usualSeconds * SLOW_FACTOR && seconds - usualSeconds >= SLOW_SECONDS;
  return isSlow ? seconds / usualSeconds : null;
}

/** The nodes of a build as the table shows them, worst first. */
export function orderNodeResults(nodes: readonly DbtNodeResult[]): DbtNodeResult[] {
  return nodes.toSorted(
    (a, b) =>
      RANK[a.status] - RANK[b.status] || (b.seconds ?? 0) - (a.seconds ?? 0) || a.name.localeCompare(b.name),
  );
}

/** The nodes of a build under way: failures first, the others as they started, so that no row moves as it ends. */
export function orderRunningNodes(nodes: readonly DbtNodeResult[]): DbtNodeResult[] {
  return nodes.toSorted(
    (a, b) =>
      Number(hasFailed(b.status)) - Number(hasFailed(a.status)) ||
      (a.startedAt ?? "").localeCompare(b.startedAt ?? "") ||
      a.name.localeCompare(b.name),
  );
}

export function filterNodeResults(nodes: readonly DbtNodeResult[], filter: NodeFilter): DbtNodeResult[] {
  switch (filter) {
    case "all":
      return [...nodes];
    case "failed":
      return nodes.filter(({ status }) => hasFailed(status));
    case "slow":
      return nodes.filter((node) => slownessOf(node) !== null);
    default:
      return assertNever(filter);
  }
}

/** How many nodes each filter leaves. */
export function countByFilter(nodes: readonly DbtNodeResult[]): Record<NodeFilter, number> {
  return {
    all: nodes.length,
    failed: filterNodeResults(nodes, "failed").length,
    slow: filterNodeResults(nodes, "slow").length,
  };
}

/** `0.24 s`, `3.1 s`, `41.0 s`, `1 min 47 s`: finer than a run's duration, as nodes are compared. */
export function nodeSecondsText(seconds: number): string {
  if (seconds < 0.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
