import { defineJob } from "@/jobs/define-job";
import { type MlParams, mlParamsSchema } from "@/lib/contracts/run-kinds/ml";
import { longLabel } from "@/lib/game-date";

/** Runs the ML program again: it predicts the games of the UTC date from what dbt has built for it. */
export const ml = defineJob<"ml", MlParams>({
  kind: "ml",
  label: "ML re-run",
  description: "Predicts the games of the UTC date from silver.ml_game_features.",
  params: mlParamsSchema,
  example: { gameDate: "2026-11-21" },
  heldByDailyRun: true,
  title: ({ gameDate }) => `ML re-run for ${longLabel(gameDate)}`,
  gameDate: ({ gameDate }) => gameDate,
  // It reads what a build replaces: one ordered after a build waits for it, and finds what it built.
  lockKey: () => "dbt",
  targetKey: ({ gameDate }) => `ml:${gameDate}`,
  plan: (_, { ml }) => ml && { executor: "process", argv: [...ml.command], cwd: ml.cwd },
});
