import type { RunDetail, RunPreview, RunSummary } from "@/lib/contracts/runs";

/**
 * A run as it is known the moment after its order: what the answer says, and the plan that was confirmed.
 * Enough to draw its page until the run itself has been read.
 */
export function placedRun(summary: RunSummary, planned: RunPreview["runs"][number]): RunDetail {
  return {
    ...summary,
    params: planned.params,
    argv: planned.argv,
    cwd: planned.cwd,
    // Not known yet, and left out on the page.
    lockKey: "",
    worker: null,
    attempt: 0,
    exitCode: null,
    signal: null,
    cancelRequestedBy: null,
    log: { lines: 0, bytes: 0, truncated: false, prunedAt: null, prunedText: null },
    progress: null,
    receipt: null,
  };
}
