import { setTimeout as sleep } from "node:timers/promises";
import { vi } from "vitest";
import { createEcsClient } from "../../lib/aws/create-ecs-client";
import { createEcsServiceApi, type EcsServiceApi } from "../../lib/aws/ecs-service-api";
import {
  createDashboardProbe,
  type DashboardAddresses,
  type DashboardProbe,
} from "../../lib/dashboard/dashboard-probe";
import {
  type EcsExecution,
  prepareRestart,
  type RestartDetails,
  startEcsRestart,
} from "../../lib/executors/ecs-service";
import type { EcsRestartOptions } from "../../lib/executors/ecs-service-context";
import { type RestartHandle, restartHandleSchema } from "../../lib/executors/ecs-service-handle";
import { type SandboxDashboard, startSandboxDashboard } from "./sandbox-dashboard";
import { REFRESH_TOKEN, SANDBOX_CREDENTIALS, SANDBOX_TARGET } from "./sandbox-dashboard-names";

const TIMING = { ecsMs: 60, pageMs: 30 };
const TIMEOUT_MS = 10 * 60_000;

/** A restart under way, with what it said, what ECS told, and what it stored. */
export interface RestartUnderWay extends EcsExecution {
  said: string[];
  told: string[];
  stored: RestartHandle[];
}

/** The executor at the sandbox's ECS, driven as the worker drives it. */
export interface RestartStand {
  sandbox: SandboxDashboard;
  api: EcsServiceApi;
  /** Another service, cluster or region at the same ECS. */
  apiOf(target: Partial<typeof SANDBOX_TARGET>): EcsServiceApi;
  probe(changes?: Partial<DashboardAddresses>): DashboardProbe;
  prepare(mode?: RestartHandle["mode"], changes?: Partial<DashboardAddresses>): Promise<RestartHandle>;
  begin(handle: RestartHandle, changes?: Partial<EcsRestartOptions>): RestartUnderWay;
  /** Prepares a restart, carries it out, and gives how it ended. */
  restart(changes?: Partial<EcsRestartOptions>): Promise<RestartUnderWay & { details: RestartDetails }>;
  /** Lets the executor's time pass once its log says `said`, and gives how it ended. */
  runOutOfTime(run: RestartUnderWay, said: RegExp): Promise<RestartDetails>;
  /** Ids of the tasks that StopTask was carried out for, and of the one that runs. */
  stops(): string[];
  currentTask(): string;
  /** As `sandbox.mend`, with the executor's clock put right. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a sandbox's ECS, and gives what drives the executor at it. */
export async function startRestartStand(
  settings: Parameters<typeof startSandboxDashboard>[0] = {},
): Promise<RestartStand> {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  const sandbox = await startSandboxDashboard(settings);
  const clients: { destroy(): void }[] = [];
  const apiOf: RestartStand["apiOf"] = (changes) => {
    const target = { ...SANDBOX_TARGET, ...changes };
    const client = createEcsClient({ region: target.region, endpoint: sandbox.ecs.url });
    clients.push(client);
    return createEcsServiceApi(client, target);
  };
  const api = apiOf({});
  const page = sandbox.ecs.pageUrl;
  // The deadline passes when a test says so, however slow the machine is.
  let late = 0;
  const now = () => new Date(Date.now() + late);

  const stand: RestartStand = {
    sandbox,
    api,
    apiOf,
    probe: (changes = {}) =>
      createDashboardProbe({
        pageUrl: `${page}/`,
        healthUrl: `${page}/internal/health`,
        refreshUrl: `${page}/internal/refresh-data`,
        header: { name: "X-Refresh-Token", value: REFRESH_TOKEN },
        ...changes,
      }),
    prepare: (mode = "restart", changes = {}) =>
      prepareRestart({ api, probe: stand.probe(changes), mode, now }),
    begin(handle, changes = {}) {
      const [said, told, stored]: [string[], string[], RestartHandle[]] = [[], [], []];
      const execution = startEcsRestart({
        runId: "run-1",
        api,
        probe: stand.probe(),
        handle,
        resumed: false,
        timeoutMs: TIMEOUT_MS,
        timing: TIMING,
        now,
        sleep: (ms) => sleep(ms),
        say: (text) => said.push(text),
        tell: (text) => told.push(text),
        reportProgress: () => undefined,
        // As the database does it: what is stored does not change afterwards.
        storeHandle: async (state) => void stored.push(restartHandleSchema.parse(structuredClone(state))),
        ...changes,
      });
      return { ...execution, said, told, stored };
    },
    async restart(changes = {}) {
      const { probe = stand.probe() } = changes;
      const run = stand.begin(await prepareRestart({ api, probe, mode: "restart", now }), changes);
      await run.ended;
      return { ...run, details: await run.collect() };
    },
    async runOutOfTime(run, said) {
      await vi.waitFor(
        () => {
          if (!said.test(run.said.join("\n"))) throw new Error(`it never said ${said}`);
        },
        { timeout: 15_000, interval: 20 },
      );
      late = TIMEOUT_MS;
      await run.ended;
      return run.collect();
    },
    stops: () => sandbox.ecs.control.stops.map(({ task }) => task.split("/").at(-1) ?? ""),
    currentTask: () => sandbox.ecs.scheduler.live[0]?.id ?? "none",
    async mend() {
      late = 0;
      await sandbox.mend();
    },
    async close() {
      for (const client of clients) client.destroy();
      await sandbox.close();
      vi.unstubAllEnvs();
    },
  };
  return stand;
}
