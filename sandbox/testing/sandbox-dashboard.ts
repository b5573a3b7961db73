import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type ControlState, controlStateSchema, NO_FAULTS } from "../ecs/control-state";
import { type EcsSettings, type RunningEcs, startEcs } from "../ecs/start-ecs";
import { REFRESH_TOKEN, SANDBOX_CREDENTIALS, SANDBOX_TARGET } from "./sandbox-dashboard-names";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "./throwaway-warehouse";

const DASHBOARD = fileURLToPath(new URL("../dashboard/server.ts", import.meta.url));
const READY_MS = 20_000;

/** ECS with the dashboard's service on it, quick enough for tests, and the warehouse that the dashboard reads. */
export interface SandboxDashboard {
  ecs: RunningEcs;
  warehouse: ThrowawayWarehouse;
  /** Sets exactly these faults. */
  fault(faults: Partial<ControlState>): void;
  /** Without faults, with every task that is wanted running, and no call counted. */
  mend(): Promise<void>;
  /** Resolves once the service is as asked. @throws Error when it is not within 20 s */
  until(what: string, holds: (ecs: RunningEcs) => boolean): Promise<void>;
  /** The page as a reader sees it: its status, and of when its data are. */
  read(): Promise<{ status: number; dataAsOf: string | null }>;
  close(): Promise<void>;
}

/** Starts it and waits until its tasks run. */
export async function startSandboxDashboard(settings: Partial<EcsSettings> = {}): Promise<SandboxDashboard> {
  const warehouse = await createThrowawayWarehouse();
  const ecs = await startEcs({
    ...SANDBOX_TARGET,
    port: 0,
    pagePort: 0,
    account: "123456789012",
    accessKeyId: SANDBOX_CREDENTIALS.AWS_ACCESS_KEY_ID,
    desired: 1,
    replaceMs: 150,
    stepMs: 40,
    healthMs: 60,
    healthCheck: true,
    command: {
      argv: [process.execPath, "--import", "tsx", DASHBOARD],
      env: { DASHBOARD_WAREHOUSE_URL: warehouse.readerUrl, DASHBOARD_REFRESH_TOKEN: REFRESH_TOKEN },
    },
    ...settings,
  });
  const until: SandboxDashboard["until"] = async (what, holds) => {
    for (const deadline = Date.now() + READY_MS; !holds(ecs); await sleep(20)) {
      if (Date.now() > deadline) throw new Error(`The sandbox's ECS does not come to this: ${what}`);
    }
  };
  const healthCheck = settings.healthCheck ?? true;
  const mend = async () => {
    ecs.control.set(NO_FAULTS);
    await until("every task runs", ({ scheduler }) => {
      const { running, live, desired } = scheduler;
      const isHealthy = running.every(({ health }) => !healthCheck || health === "HEALTHY");
      return running.length === desired && live.length === desired && isHealthy;
    });
    ecs.control.forget();
  };
  await mend();
  return {
    ecs,
    warehouse,
    fault: (faults) => ecs.control.set(controlStateSchema.parse(faults)),
    mend,
    until,
    async read() {
      const response = await fetch(ecs.pageUrl, { headers: { connection: "close" } });
      const dataAsOf = /datetime="([^"]+)"/.exec(await response.text())?.[1] ?? null;
      return { status: response.status, dataAsOf };
    },
    async close() {
      await ecs.close();
      await warehouse.drop();
    },
  };
}
