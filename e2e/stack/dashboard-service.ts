import { fileURLToPath } from "node:url";
import {
  REFRESH_TOKEN,
  SANDBOX_CREDENTIALS,
  SANDBOX_TARGET,
} from "@/sandbox/testing/sandbox-dashboard-names";
import type { ProgramEnvironment } from "./program-environment";

const DASHBOARD = fileURLToPath(new URL("../../dist/sandbox/dashboard.mjs", import.meta.url));

/** Where the sandbox's ECS answers, and where the dashboard does whichever task serves it. */
export type DashboardPorts = { ecsPort: number; pagePort: number };

/** What the sandbox's ECS is started with: one dashboard, quick to come up. */
export function ecsEnvironment(
  { ecsPort, pagePort }: DashboardPorts,
  warehouseUrl: string,
): Record<string, string> {
  return {
    SANDBOX_ECS_PORT: String(ecsPort),
    SANDBOX_ECS_PAGE_PORT: String(pagePort),
    SANDBOX_ECS_REGION: SANDBOX_TARGET.region,
    SANDBOX_ECS_CLUSTER: SANDBOX_TARGET.cluster,
    SANDBOX_ECS_SERVICE: SANDBOX_TARGET.service,
    SANDBOX_ECS_ACCESS_KEY_ID: SANDBOX_CREDENTIALS.AWS_ACCESS_KEY_ID,
    SANDBOX_ECS_REPLACE_MS: "400",
    SANDBOX_ECS_STEP_MS: "200",
    SANDBOX_ECS_HEALTH_MS: "200",
    SANDBOX_ECS_TASK_COMMAND: JSON.stringify([process.execPath, DASHBOARD]),
    SANDBOX_ECS_TASK_ENV_DASHBOARD_WAREHOUSE_URL: warehouseUrl,
    SANDBOX_ECS_TASK_ENV_DASHBOARD_REFRESH_TOKEN: REFRESH_TOKEN,
  };
}

/** What the console knows of the dashboard. */
export function dashboardEnvironment({ ecsPort, pagePort }: DashboardPorts): ProgramEnvironment {
  const page = `http://127.0.0.1:${pagePort}`;
  return {
    both: {
      DASHBOARD_REGION: SANDBOX_TARGET.region,
      DASHBOARD_CLUSTER: SANDBOX_TARGET.cluster,
      DASHBOARD_SERVICE: SANDBOX_TARGET.service,
    },
    worker: {
      ...SANDBOX_CREDENTIALS,
      DASHBOARD_ECS_ENDPOINT: `http://127.0.0.1:${ecsPort}`,
      DASHBOARD_PAGE_URL: `${page}/`,
      DASHBOARD_HEALTH_URL: `${page}/internal/health`,
      DASHBOARD_REFRESH_URL: `${page}/internal/refresh-data`,
      DASHBOARD_HEADER_VALUE: REFRESH_TOKEN,
    },
  };
}
