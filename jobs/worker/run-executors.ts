import { jobSettingsOf } from "@/jobs/job-settings";
import { JOBS } from "@/jobs/registry";
import type { WorkerEnv } from "@/lib/env";
import { createBackfillHandler } from "./backfill-handler";
import type { HandlerSurroundings } from "./handler-surroundings";
import { type RunExecutors, runExecutor } from "./run-executor";

/** How this worker executes each kind of run. */
export function createRunExecutors(env: WorkerEnv, surroundings: HandlerSurroundings): RunExecutors {
  const settings = jobSettingsOf(env);
  return {
    backfill: runExecutor(JOBS.backfill.params, createBackfillHandler(env, settings, surroundings)),
  };
}
