import type { EcsServiceApi } from "@/lib/aws/ecs-service-api";
import type { ServiceEvent } from "@/lib/aws/service-snapshot";
import type { Probe } from "@/lib/contracts/dashboard";
import type { DashboardRestartReceipt, ServedData } from "@/lib/contracts/run-kinds/dashboard-restart";
import { servedData } from "@/lib/dashboard/served-data";
import { AppError, errorText } from "@/lib/errors";
import { type EcsRestartOptions, RestartContext, type RestartEnd, RestartEnded } from "./ecs-service-context";
import { type HandleTask, type RestartHandle, taskRefOf } from "./ecs-service-handle";
import { checkRefresh, checkRestart } from "./ecs-service-precheck";
import { refreshData } from "./ecs-service-refresh";
import { replaceTask } from "./ecs-service-replace-task";
import { awaitFreshData, awaitPage, watchPage } from "./ecs-service-serving";
import type { Execution } from "./executor-types";

/** What a restart found and did, beside its end. */
export type RestartDetails = {
  end: RestartEnd;
  handle: RestartHandle;
  unserved: DashboardRestartReceipt["unserved"];
  servedAfter: ServedData | null;
  page: Probe | null;
  health: Probe | null;
  /** The service's events since the run began, oldest first. */
  events: ServiceEvent[];
  /** How the service stood when it did not end well: `0 of 1 tasks run`; null when it did, or cannot be told. */
  standing: string | null;
  resumed: boolean;
};

export type EcsExecution = Execution & { collect(): Promise<RestartDetails> };

const STANDING_TIMEOUT_MS = 5_000;
const SECOND_MS = 1_000;

/**
 * Looks whether the service can be restarted (or refreshed), and gives what has to be stored before anything
 * is done to it.
 * @throws AppError `conflict` with the reason and what to do; AwsError when AWS gives no answer
 */
export async function prepareRestart({
  api,
  probe,
  mode,
  now,
  signal,
}: Pick<EcsRestartOptions, "api" | "probe" | "now"> & {
  mode: RestartHandle["mode"];
  /** Ends the looking. */
  signal?: AbortSignal;
}): Promise<RestartHandle> {
  const service = await api.describeService(signal);
  const tasks = service ? await api.describeTasks(await api.listTasks(signal), signal) : [];
  const health = await probe.health(signal);
  const check = (mode === "refresh" ? checkRefresh : checkRestart)({ service, tasks }, api.target);
  if (!check.ok) throw new AppError("conflict", check.refusal.message);
  if (mode === "refresh") assertRefreshable(probe.addresses, health);
  return {
    mode,
    startedAt: now().toISOString(),
    tasks: mode === "refresh" ? [] : check.tasks.map(toReplace),
    healthChecked: check.tasks.some((task) => task.health !== null),
    servedBefore: servedData(health, check.tasks),
    lastEventId: check.service.events[0]?.id ?? null,
    unservedMs: 0,
  };
}

/** Carries out what `options.handle` says, from wherever it stands. `stop` ends the waiting, and stops no task. */
export function startEcsRestart(options: EcsRestartOptions): EcsExecution {
  const context = new RestartContext(options);
  let end: RestartEnd | null = null;
  const ended = perform(context).then((found) => {
    end = found;
    return { kind: "exited", exitCode: found.kind === "recovered" ? 0 : 1 } as const;
  });
  return {
    ended,
    async stop() {
      if (end === null) context.stop();
      await ended;
    },
    async collect() {
      await ended;
      return detailsOf(context, end ?? { kind: "halted", text: "It ended without a result" });
    },
  };
}

async function perform(context: RestartContext): Promise<RestartEnd> {
  try {
    return context.options.handle.mode === "refresh" ? await refreshData(context) : await replaceAll(context);
  } catch (error) {
    if (error instanceof RestartEnded) return error.end;
    return context.signal.aborted
      ? { kind: "stopped", text: "" }
      : { kind: "halted", text: errorText(error) };
  }
}

/** Replaces the tasks one after the other: the next one goes only when the one before it serves. */
async function replaceAll(context: RestartContext): Promise<RestartEnd> {
  const { handle, now, probe } = context.options;
  const done = new AbortController();
  const watching = watchPage(context, AbortSignal.any([context.signal, done.signal]));
  try {
    for (const entry of handle.tasks) {
      if (entry.servingAt !== null) continue;
      await replaceTask(context, entry);
      await awaitPage(context);
      entry.servingAt = now().toISOString();
      await context.storeHandle();
    }
    await awaitFreshData(context, probe.addresses.pageUrl !== null);
    context.report("done", "the service is restarted");
    return { kind: "recovered" };
  } finally {
    done.abort();
    await watching;
  }
}

function toReplace(task: Parameters<typeof taskRefOf>[0]): HandleTask {
  return { old: taskRefOf(task), stopRequestedAt: null, replacement: null, servingAt: null };
}

/** @throws AppError `conflict` */
function assertRefreshable(
  { refreshUrl, healthUrl }: EcsRestartOptions["probe"]["addresses"],
  health: Probe | null,
): void {
  if (refreshUrl === null)
    throw new AppError(
      "conflict",
      "DASHBOARD_REFRESH_URL is not set on the worker: restart the dashboard instead.",
    );
  if (healthUrl === null)
    throw new AppError(
      "conflict",
      "DASHBOARD_HEALTH_URL is not set on the worker, so that a refresh could not be verified: restart the dashboard instead.",
    );
  if (health?.ok && (health.refreshedAt !== null || health.hasSnapshot === false)) return;
  throw new AppError(
    "conflict",
    `The health page does not tell of when the data are (${health?.text ?? "no answer"}), so that a refresh could not be verified. Restart the dashboard instead.`,
  );
}

async function detailsOf(context: RestartContext, end: RestartEnd): Promise<RestartDetails> {
  const { handle, resumed, probe, timing, now, api } = context.options;
  const { meter } = context;
  const stopped = handle.tasks.some(({ stopRequestedAt }) => stopRequestedAt !== null);
  const hasPage = probe.addresses.pageUrl !== null;
  const seconds = meter.unservedMs(now().getTime()) / SECOND_MS;
  return {
    end,
    handle,
    resumed,
    unserved: stopped
      ? {
          seconds: Math.round(seconds * 10) / 10,
          measuredBy: hasPage ? "page" : "tasks",
          everySeconds: (hasPage ? timing.pageMs : timing.ecsMs) / SECOND_MS,
          open: meter.open,
        }
      : null,
    servedAfter: end.kind === "recovered" ? servedAfter(context) : null,
    page: context.page,
    health: context.health,
    events: context.events,
    standing: end.kind === "recovered" ? null : await standingOf(api),
  };
}

function servedAfter({ health, options }: RestartContext): ServedData | null {
  return servedData(
    health,
    options.handle.tasks.flatMap(({ replacement }) =>
      replacement ? [{ ...replacement, lastStatus: "RUNNING" }] : [],
    ),
  );
}

async function standingOf(api: EcsServiceApi): Promise<string | null> {
  try {
    const service = await api.describeService(AbortSignal.timeout(STANDING_TIMEOUT_MS));
    return service ? `${service.running} of ${service.desired} tasks run, ${service.pending} pending` : null;
  } catch {
    // The end has its own reason; how the service stands is an addition to it.
    return null;
  }
}
