import type { JobSettings } from "@/jobs/define-job";
import { dashboardRestart } from "@/jobs/definitions/dashboard-restart";
import type { DashboardState } from "@/lib/contracts/dashboard";
import type { DashboardRestartParams } from "@/lib/contracts/run-kinds/dashboard-restart";
import { lookAtDashboard } from "@/lib/dashboard/look-at-dashboard";
import type { WorkerEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { prepareRestart, type RestartDetails, startEcsRestart } from "@/lib/executors/ecs-service";
import type { RestartTiming } from "@/lib/executors/ecs-service-context";
import { restartHandleSchema } from "@/lib/executors/ecs-service-handle";
import { TUNABLES } from "@/lib/runs/tunables";
import { createDashboardAccess, type DashboardAccess } from "./dashboard-access";
import type { HandlerSurroundings } from "./handler-surroundings";
import { judgeDashboardRestart } from "./judge-dashboard-restart";
import type { RunHandler, RunToStart, StartedProgram } from "./run-handler";

const MINUTE_MS = 60_000;

/** How this worker restarts the dashboard: through ECS, judged by a new task that serves newer data. */
export function createDashboardRestartHandler(
  env: WorkerEnv,
  settings: JobSettings,
  { now, sleep }: Pick<HandlerSurroundings, "now" | "sleep">,
  timing: RestartTiming = { ecsMs: TUNABLES.restartEcsMs, pageMs: TUNABLES.restartPageMs },
): RunHandler<DashboardRestartParams, DashboardState, RestartDetails> {
  const access = createDashboardAccess(env);
  const timeoutMs = env.DASHBOARD_TIMEOUT_MINUTES * MINUTE_MS;

  const reach = (): DashboardAccess => {
    if (access) return access;
    throw new AppError("conflict", "This worker is not configured for a dashboard.");
  };

  const start = async (run: RunToStart<DashboardRestartParams>): Promise<StartedProgram<RestartDetails>> => {
    const { api, probe } = reach();
    const resumed = run.handle !== null;
    const handle = resumed
      ? restartHandleSchema.parse(run.handle)
      : await prepareRestart({ api, probe, mode: run.params.mode, now, signal: run.signal });
    if (!resumed) await run.storeHandle(handle);
    return startEcsRestart({
      runId: run.runId,
      api,
      probe,
      handle,
      resumed,
      timeoutMs,
      timing,
      now,
      sleep,
      say: run.say,
      // Through the program's own channel: these are ECS's words, not ours.
      tell: (text) => void run.output("stdout", Buffer.from(`${text}\n`)),
      reportProgress: run.reportProgress,
      storeHandle: run.storeHandle,
    });
  };

  return {
    plan: (params) => dashboardRestart.plan(params, settings),
    // Its own deadline comes first, and says what was missing.
    timeoutMs: timeoutMs + 2 * MINUTE_MS,
    startsProgram: false,
    measure: (_params, signal) => lookAtDashboard(reach(), signal),
    start,
    judge: judgeDashboardRestart,
    explain: (known) => known,
    resumable: true,
  };
}
