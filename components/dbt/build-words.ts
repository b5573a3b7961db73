import { amountText } from "@/components/shell/format-time";
import type { DbtPreview } from "@/lib/contracts/run-kinds/dbt";

type Counts = Pick<DbtPreview, "nodes" | "models" | "tests">;

/** `31 models, 118 tests`; seeds, snapshots and the like are counted as others. */
export function buildCountText({ nodes, models, tests }: Counts): string {
  const others = nodes.length - models - tests;
  const parts = [counted(models, "model"), counted(tests, "test"), counted(others, "other")].filter(
    (part) => !part.startsWith("0 "),
  );
  return parts.length > 0 ? parts.join(", ") : "nothing";
}

/** `about 1 min 50 s`, and how much of it is known where that is not all. */
export function estimateText({
  nodes,
  estimateSeconds,
  estimatedFrom,
}: Pick<DbtPreview, "nodes" | "estimateSeconds" | "estimatedFrom">): string {
  if (estimateSeconds === null) return "no earlier build to estimate by";
  const about = `about ${amountText(Math.max(1, estimateSeconds))}`;
  return estimatedFrom < nodes.length
    ? `${about}, by ${estimatedFrom} of ${nodes.length} with a history`
    : about;
}

/** `1 model`, `31 models` */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : `${noun}s`}`;
}
