import type { JobSettings } from "@/jobs/define-job";
import { otherDateProblem } from "@/jobs/orders/ml-order";
import { JOBS } from "@/jobs/registry";
import type { MlParams } from "@/lib/contracts/run-kinds/ml";
import type { WorkerEnv } from "@/lib/env";
import { TUNABLES } from "@/lib/runs/tunables";
import { listWaivers } from "@/lib/waivers/list-waivers";
import { type MlMeasurement, measureMl } from "@/lib/warehouse/measure-ml";
import { endSessions } from "./end-sessions";
import { explainMl } from "./explain-ml";
import type { HandlerSurroundings } from "./handler-surroundings";
import { judgeMl } from "./judge-ml";
import { connectionOfVariables } from "./program-connection";
import type { RunHandler } from "./run-handler";
import { sessionName, startProgram } from "./start-program";

/** How this worker runs the ML program: under its own variables, judged by the date's predictions. */
export function createMlHandler(
  env: WorkerEnv,
  settings: JobSettings,
  { warehouse, db, baseEnv, now, sleep }: HandlerSurroundings,
): RunHandler<MlParams, MlMeasurement> {
  const connection = connectionOfVariables(env.mlEnv);
  return {
    plan: (params) => JOBS.ml.plan(params, settings),
    timeoutMs: env.ML_TIMEOUT_MINUTES * 60_000,
    startsProgram: true,
    // It may have waited past midnight UTC: it would then predict another date than the one confirmed.
    refusal: async ({ gameDate }) => otherDateProblem(gameDate, now()),
    measure: ({ gameDate }) =>
      measureMl({
        pool: warehouse,
        date: gameDate,
        listWaivers: () => listWaivers(db),
        now,
        sleep,
        deadlineMs: TUNABLES.measureDeadlineMs,
      }),
    start: (run) =>
      // Without PYTHONUNBUFFERED a log comes in blocks, at the end.
      startProgram(run, { env: { ...baseEnv, ...env.mlEnv, PYTHONUNBUFFERED: "1" }, connection, sleep }),
    endSessions: async ({ runId }) =>
      connection && endSessions({ connection, name: sessionName(runId), sleep }),
    recollect: async () => null,
    judge: (evidence) => judgeMl({ ...evidence, timeoutMinutes: env.ML_TIMEOUT_MINUTES }),
    explain: explainMl,
  };
}
