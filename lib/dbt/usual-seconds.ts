import type { DbtNode, DbtUsualTimes } from "@/lib/contracts/dbt";

/**
 * How long a node is expected to take, in seconds; null without a history that tells. A full refresh changes
 * nothing for what is not incremental (or a seed), so the other way's history serves there as well.
 */
export function usualSecondsOf(
  node: Pick<DbtNode, "type" | "materialized">,
  times: DbtUsualTimes | undefined,
  fullRefresh: boolean,
): number | null {
  if (!times) return null;
  const [own, other] = fullRefresh ? [times.fullRefresh, times.normal] : [times.normal, times.fullRefresh];
  const differs = node.materialized === "incremental" || node.type === "seed";
  return (own ?? (differs ? null : other))?.medianSeconds ?? null;
}
