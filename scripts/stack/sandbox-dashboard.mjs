import { join } from "node:path";
import { secretFor } from "../services/secrets.mjs";
import { warehouseUrl } from "./sandbox.mjs";

/** @typedef {import("./sandbox.mjs").Sandbox} Sandbox */
/** @typedef {{ ecsPort: number, pagePort: number }} DashboardPorts where ECS answers, and where its service does */

// As production has them.
const REGION = "us-east-1";
const CLUSTER = "jacobs-ecs-ec2-cluster";
const SERVICE = "nba_elt_dashboard";
const ACCESS_KEY_ID = "SANDBOXKEY";
const REFRESH_TOKEN = "dashboard_refresh";

/**
 * Starts ECS with the dashboard's service on it, whose task is the dashboard.
 * @param {Sandbox & DashboardPorts} sandbox
 * @returns {import("../services/child-processes.mjs").Child}
 */
export function startDashboardSandbox({ ecsPort, pagePort, ...sandbox }) {
  const { root, children, env, stateDir } = sandbox;
  return children.start({
    name: "ecs",
    command: process.execPath,
    args: ["dist/sandbox/ecs.mjs"],
    cwd: root,
    env: {
      ...env,
      SANDBOX_ECS_PORT: String(ecsPort),
      SANDBOX_ECS_PAGE_PORT: String(pagePort),
      SANDBOX_ECS_REGION: REGION,
      SANDBOX_ECS_CLUSTER: CLUSTER,
      SANDBOX_ECS_SERVICE: SERVICE,
      SANDBOX_ECS_ACCESS_KEY_ID: ACCESS_KEY_ID,
      SANDBOX_ECS_TASK_COMMAND: JSON.stringify([process.execPath, join(root, "dist/sandbox/dashboard.mjs")]),
      SANDBOX_ECS_TASK_ENV_DASHBOARD_WAREHOUSE_URL: warehouseUrl(sandbox, "backcourt_reader"),
      SANDBOX_ECS_TASK_ENV_DASHBOARD_REFRESH_TOKEN: secretFor(stateDir, REFRESH_TOKEN),
    },
  });
}

/** The service's names, for web and worker alike. @returns {Record<string, string>} */
export function dashboardService() {
  return { DASHBOARD_REGION: REGION, DASHBOARD_CLUSTER: CLUSTER, DASHBOARD_SERVICE: SERVICE };
}

/**
 * How the worker reaches ECS and the dashboard, credentials among them.
 * @param {Pick<Sandbox, "stateDir"> & DashboardPorts} sandbox
 * @returns {Record<string, string>}
 */
export function dashboardEnvironment({ stateDir, ecsPort, pagePort }) {
  const page = `http://127.0.0.1:${pagePort}`;
  return {
    DASHBOARD_ECS_ENDPOINT: `http://127.0.0.1:${ecsPort}`,
    DASHBOARD_PAGE_URL: `${page}/`,
    DASHBOARD_HEALTH_URL: `${page}/internal/health`,
    DASHBOARD_REFRESH_URL: `${page}/internal/refresh-data`,
    DASHBOARD_HEADER_VALUE: secretFor(stateDir, REFRESH_TOKEN),
    AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
    // The sandbox's ECS looks at the key's id only.
    AWS_SECRET_ACCESS_KEY: "sandbox",
  };
}
