import Link from "next/link";
import { showToast } from "@/components/shell/toast";
import type { CreateRunsResponse } from "@/lib/contracts/runs";
import { countText } from "./day-label";

const NAMED_RUNS = 4;

/** Says that several runs were ordered, with a link to each of the first and to all. */
export function announceRuns(runs: CreateRunsResponse["runs"]): void {
  const fresh = runs.filter((run) => !run.alreadyActive).length;
  void showToast({
    title: fresh > 0 ? `${countText(fresh, "backfill")} ordered` : "All of them were on their way already",
    message: (
      <>
        {runs.slice(0, NAMED_RUNS).map((run) => (
          <div key={run.id}>
            <Link href={`/runs/${run.id}`}>{run.title}</Link>
          </div>
        ))}
        {runs.length > NAMED_RUNS && <Link href="/runs">and {runs.length - NAMED_RUNS} more</Link>}
      </>
    ),
    autoClose: 12_000,
  });
}
