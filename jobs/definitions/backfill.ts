import { defineJob } from "@/jobs/define-job";
import { type BackfillParams, backfillParamsSchema } from "@/lib/contracts/run-kinds/backfill";
import { longLabel } from "@/lib/game-date";

/** Pulls one game date from the source again and upserts it into bronze: box scores, then play-by-play. */
export const backfill = defineJob<"backfill", BackfillParams>({
  kind: "backfill",
  label: "Backfill",
  description: "Pulls a date's box scores, then its play-by-play, from the source into bronze.",
  params: backfillParamsSchema,
  example: { runDate: "2026-11-21" },
  heldByDailyRun: true,
  title: ({ runDate }) => `Backfill ${longLabel(runDate)}`,
  gameDate: ({ runDate }) => runDate,
  // Two at once would share the source's allowance of requests and wait for each other's table locks.
  lockKey: () => "ingestion",
  targetKey: ({ runDate }) => `backfill:${runDate}`,
  plan: ({ runDate }, { ingestion }) => ({
    executor: "process",
    argv: [...ingestion.command, "--run_date", runDate],
    cwd: ingestion.cwd,
  }),
});
