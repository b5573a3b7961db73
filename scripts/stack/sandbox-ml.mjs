import { join } from "node:path";
import { secretFor } from "../services/secrets.mjs";

/**
 * The sandbox's ML program. Web and worker must both know it: the web shows what would run, and the worker
 * refuses what it would not run itself.
 * @param {{ root: string, python: string }} options
 * @returns {Record<string, string>}
 */
export function mlProgram({ root, python }) {
  return { ML_COMMAND: JSON.stringify([python, "-m", "src.app"]), ML_CWD: join(root, "sandbox/ml") };
}

/**
 * The ML program's own variables, credentials among them: for the worker only.
 * @param {{ stateDir: string, postgres: { port: number } }} sandbox
 * @returns {Record<string, string>}
 */
export function mlEnvironment({ stateDir, postgres }) {
  return {
    ML_ENV_RDS_USER: "pipeline",
    ML_ENV_RDS_PW: secretFor(stateDir, "pipeline"),
    ML_ENV_IP: "127.0.0.1",
    ML_ENV_RDS_DB: "warehouse",
    ML_ENV_RDS_SCHEMA: "gold",
    ML_ENV_RDS_PORT: String(postgres.port),
  };
}
