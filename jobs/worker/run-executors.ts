import { jobSettingsOf } from "@/jobs/job-settings";
import { JOBS } from "@/jobs/registry";
import type { WorkerEnv } from "@/lib/env";
import { createBackfillHandler } from "./backfill-handler";
import { createDashboardRestartHandler } from "./dashboard-restart-handler";
import { createDbtHandler } from "./dbt/dbt-handler";
import type { HandlerSurroundings } from "./handler-surroundings";
import { createMlHandler } from "./ml-handler";
import { type RunExecutors, runExecutor } from "./run-executor";

/** How this worker executes each kind of run. */
export function createRunExecutors(env: WorkerEnv, surroundings: HandlerSurroundings): RunExecutors {
  const settings = jobSettingsOf(env);
  return {
    backfill: runExecutor(JOBS.backfill.params, createBackfillHandler(env, settings, surroundings)),
    dbt: runExecutor(JOBS.dbt.params, createDbtHandler(env, settings, surroundings)),
    ml: runExecutor(JOBS.ml.params, createMlHandler(env, settings, surroundings)),
    "dashboard-restart": runExecutor(
      JOBS["dashboard-restart"].params,
      createDashboardRestartHandler(env, settings, surroundings),
    ),
  };
}
