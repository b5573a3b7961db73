import { expect, test } from "vitest";
import { type RunPreview, type RunSummary, runDetailSchema } from "@/lib/contracts/runs";
import { placedRun } from "./placed-run";

test("a run as it was ordered is a whole run, with the plan that was confirmed", () => {
  const summary: RunSummary = {
    id: "01936c5e-0000-7000-8000-000000000001",
    kind: "backfill",
    title: "Backfill Thu Nov 19, 2026",
    gameDate: "2026-11-19",
    state: "queued",
    outcome: null,
    waiting: null,
    requestedBy: "you",
    reason: "Slack alert at noon",
    queuedAt: "2026-11-22T20:42:08.000Z",
    startedAt: null,
    finishedAt: null,
    cancelRequestedAt: null,
  };
  const planned: RunPreview["runs"][number] = {
    title: summary.title,
    params: { runDate: "2026-11-19" },
    gameDate: "2026-11-19",
    argv: ["python", "-m", "scripts.backfill", "--run_date", "2026-11-19"],
    cwd: "/srv/ingestion",
    requests: 12,
    startsInSeconds: 0,
    warnings: [],
    alreadyActive: null,
    details: null,
  };
  const run = placedRun({ ...summary, alreadyActive: false } as RunSummary, planned);
  expect(runDetailSchema.parse(run)).toMatchObject({
    ...summary,
    params: planned.params,
    argv: planned.argv,
    cwd: planned.cwd,
    log: { lines: 0 },
    receipt: null,
  });
});
