import { secretFor } from "../services/secrets.mjs";
import {
  dbtEnvironment,
  dbtProgram,
  ingestionEnvironment,
  ingestionProgram,
  warehouseUrl,
} from "./sandbox.mjs";
import { dashboardEnvironment, dashboardService } from "./sandbox-dashboard.mjs";
import { mlEnvironment, mlProgram } from "./sandbox-ml.mjs";

// The sandbox's source has no limit of its own, so a demo need not wait minutes between two backfills.
const REQUESTS_PER_MINUTE = "600";
// Ctrl-C should not take as long as a real deployment's last runs may.
const DRAIN_SECONDS = "3";

/**
 * The configuration of web and worker beside a sandbox.
 * @param {object} options
 * @param {string} options.root
 * @param {import("./start-stores.mjs").State} options.state
 * @param {import("./start-stores.mjs").Stores} options.stores
 * @param {"production" | "development"} options.nodeEnv
 * @param {number} options.port the web's
 * @param {number} options.sourcePort the stats source's
 * @param {import("./sandbox-dashboard.mjs").DashboardPorts} options.dashboardPorts
 * @returns {{ web: Record<string, string>, worker: Record<string, string> }}
 */
export function consoleEnvironment({ root, state, stores, nodeEnv, port, sourcePort, dashboardPorts }) {
  const { stateDir, children } = state;
  const { postgres, python, env } = stores;
  const sandbox = { root, children, env, stateDir, postgres };
  const shared = {
    ...env,
    NODE_ENV: nodeEnv,
    DATABASE_URL: stores.consoleUrl,
    WAREHOUSE_URL: warehouseUrl(sandbox, "backcourt_reader"),
    REDIS_URL: stores.redis.url,
    SOURCE_REQUESTS_PER_MINUTE: REQUESTS_PER_MINUTE,
    ...ingestionProgram({ root, python }),
    ...dbtProgram({ root, python }),
    ...mlProgram({ root, python }),
    ...dashboardService(),
  };
  return {
    web: {
      ...shared,
      HOST: "127.0.0.1",
      PORT: String(port),
      AUTH_SECRET: secretFor(stateDir, "auth_secret"),
      BACKCOURT_DEMO: "true",
    },
    worker: {
      ...shared,
      WORKER_DRAIN_SECONDS: DRAIN_SECONDS,
      ...ingestionEnvironment({ stateDir, postgres, port: sourcePort }),
      ...dbtEnvironment({ stateDir, postgres }),
      ...mlEnvironment({ stateDir, postgres }),
      ...dashboardEnvironment({ stateDir, ...dashboardPorts }),
    },
  };
}
