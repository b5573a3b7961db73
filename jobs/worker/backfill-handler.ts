import type { JobSettings } from "@/jobs/define-job";
import { JOBS } from "@/jobs/registry";
import type { BackfillParams } from "@/lib/contracts/run-kinds/backfill";
import type { WorkerEnv } from "@/lib/env";
import { TUNABLES } from "@/lib/runs/tunables";
import { listWaivers } from "@/lib/waivers/list-waivers";
import { type BackfillMeasurement, measureBackfill } from "@/lib/warehouse/measure-backfill";
import { endSessions } from "./end-sessions";
import { explainBackfill } from "./explain-backfill";
import type { HandlerSurroundings } from "./handler-surroundings";
import { judgeBackfill } from "./judge-backfill";
import { connectionOfVariables } from "./program-connection";
import type { RunHandler } from "./run-handler";
import { sessionName, startProgram } from "./start-program";

/** How this worker backfills a date: the ingestion program under its own variables, judged by bronze's rows. */
export function createBackfillHandler(
  env: WorkerEnv,
  settings: JobSettings,
  { warehouse, db, baseEnv, now, sleep }: HandlerSurroundings,
): RunHandler<BackfillParams, BackfillMeasurement> {
  const connection = connectionOfVariables(env.ingestionEnv);
  return {
    plan: (params) => JOBS.backfill.plan(params, settings),
    timeoutMs: env.INGESTION_TIMEOUT_MINUTES * 60_000,
    startsProgram: true,
    measure: ({ runDate }) =>
      measureBackfill({
        pool: warehouse,
        date: runDate,
        listWaivers: () => listWaivers(db),
        now,
        sleep,
        deadlineMs: TUNABLES.measureDeadlineMs,
      }),
    start: (run) =>
      // Without PYTHONUNBUFFERED a log comes in blocks, at the end.
      startProgram(run, {
        env: { ...baseEnv, ...env.ingestionEnv, PYTHONUNBUFFERED: "1" },
        connection,
        sleep,
      }),
    endSessions: async ({ runId }) =>
      connection && endSessions({ connection, name: sessionName(runId), sleep }),
    recollect: async () => null,
    judge: (evidence) => judgeBackfill({ ...evidence, timeoutMinutes: env.INGESTION_TIMEOUT_MINUTES }),
    explain: explainBackfill,
  };
}
