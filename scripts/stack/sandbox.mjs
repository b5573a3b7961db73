import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dbtBeside } from "../services/python.mjs";
import { secretFor } from "../services/secrets.mjs";
import { adminUrlOf, databaseUrl } from "./databases.mjs";

/** @typedef {import("./databases.mjs").Postgres} Postgres */
/** @typedef {import("../services/child-processes.mjs").ChildProcesses} ChildProcesses */
/** @typedef {{ root: string, children: ChildProcesses, env: NodeJS.ProcessEnv, stateDir: string, postgres: Postgres }} Sandbox */

// The made-up warehouse of an earlier version, whose tables differ, is made anew.
const WAREHOUSE_SHAPE = 2;

/** @param {Date} now @returns {string} the Eastern date, YYYY-MM-DD */
export function easternDate(now) {
  // en-CA writes dates as YYYY-MM-DD.
  return new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(now);
}

/** @param {string} stateDir @returns {boolean} whether this state's warehouse was seeded to the end */
export function isSeeded(stateDir) {
  const file = join(stateDir, "sandbox.json");
  return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).shape === WAREHOUSE_SHAPE;
}

/**
 * The date that the sandbox's season is built around: the day of the first seed, kept from then on.
 * @param {string} stateDir
 * @returns {string} YYYY-MM-DD
 */
export function anchorDate(stateDir) {
  if (!isSeeded(stateDir)) return easternDate(new Date());
  return JSON.parse(readFileSync(join(stateDir, "sandbox.json"), "utf8")).anchorDate;
}

/** The login of a sandbox role in the warehouse. @param {Sandbox} sandbox @param {"pipeline" | "backcourt_reader"} role */
export function warehouseUrl({ postgres, stateDir }, role) {
  return databaseUrl(postgres, { role, password: secretFor(stateDir, role), database: "warehouse" });
}

/**
 * Fills the warehouse the first time; later brings its schedule up to today.
 * @param {Sandbox} sandbox
 * @returns {Promise<string>} what was done, in the seed's own words
 */
export async function seedOrRefresh({ root, children, env, stateDir, postgres }) {
  const anchor = anchorDate(stateDir);
  const output = await children.run({
    name: "seed",
    command: process.execPath,
    args: ["dist/sandbox/seed.mjs", ...(isSeeded(stateDir) ? ["--refresh-schedule"] : [])],
    cwd: root,
    env: {
      ...env,
      SANDBOX_WAREHOUSE_ADMIN_URL: adminUrlOf(postgres, "warehouse"),
      SANDBOX_ANCHOR_DATE: anchor,
      SANDBOX_PIPELINE_PASSWORD: secretFor(stateDir, "pipeline"),
      SANDBOX_READER_PASSWORD: secretFor(stateDir, "backcourt_reader"),
    },
  });
  writeFileSync(
    join(stateDir, "sandbox.json"),
    JSON.stringify({ shape: WAREHOUSE_SHAPE, anchorDate: anchor }),
  );
  return output.split("\n")[0] ?? "";
}

/**
 * Starts the stats source.
 * @param {Sandbox & { port: number }} sandbox `port` is where the stats source listens
 * @returns {import("../services/child-processes.mjs").Child}
 */
export function startStatsSource({ port, root, children, env, stateDir }) {
  return children.start({
    name: "stats-source",
    command: process.execPath,
    args: ["dist/sandbox/stats-source.mjs"],
    cwd: root,
    env: {
      ...env,
      STATS_SOURCE_HOST: "127.0.0.1",
      STATS_SOURCE_PORT: String(port),
      SANDBOX_ANCHOR_DATE: anchorDate(stateDir),
      STATS_SOURCE_CONTROL_FILE: join(stateDir, "stats-source-control.json"),
    },
  });
}

/**
 * The sandbox's ingestion program. Web and worker must both know it: the web shows what would run, and the
 * worker refuses what it would not run itself.
 * @param {{ root: string, python: string }} options
 * @returns {Record<string, string>}
 */
export function ingestionProgram({ root, python }) {
  const cwd = join(root, "sandbox/ingestion");
  mkdirSync(join(cwd, "logs"), { recursive: true });
  return { INGESTION_COMMAND: JSON.stringify([python, "-m", "scripts.backfill"]), INGESTION_CWD: cwd };
}

/**
 * The ingestion program's own variables, credentials among them: for the worker only.
 * @param {Pick<Sandbox, "stateDir" | "postgres"> & { port: number }} sandbox
 * @returns {Record<string, string>}
 */
export function ingestionEnvironment({ stateDir, postgres, port }) {
  return {
    INGESTION_ENV_RDS_USER: "pipeline",
    INGESTION_ENV_RDS_PW: secretFor(stateDir, "pipeline"),
    INGESTION_ENV_IP: "127.0.0.1",
    INGESTION_ENV_RDS_DB: "warehouse",
    INGESTION_ENV_RDS_SCHEMA: "bronze",
    INGESTION_ENV_RDS_PORT: String(postgres.port),
    INGESTION_ENV_STATS_SOURCE_URL: `http://127.0.0.1:${port}`,
    INGESTION_ENV_SANDBOX_INGESTION_PAUSE_MS: "120",
  };
}

/**
 * The sandbox's dbt and its project. Web and worker must both know them, as with the ingestion; where dbt could
 * not be installed its program is named all the same, and found missing.
 * @param {{ root: string, python: string }} options
 * @returns {Record<string, string>}
 */
export function dbtProgram({ root, python }) {
  const project = join(root, "sandbox/dbt");
  return {
    DBT_COMMAND: JSON.stringify([dbtBeside(python)]),
    DBT_CWD: project,
    DBT_TARGET: "prod",
    DBT_PROFILES_DIR: join(project, "profiles"),
  };
}

/**
 * dbt's own variables, credentials among them: for the worker only.
 * @param {Pick<Sandbox, "stateDir" | "postgres">} sandbox
 * @returns {Record<string, string>}
 */
export function dbtEnvironment(sandbox) {
  return Object.fromEntries(
    Object.entries(dbtVariables(sandbox)).map(([name, value]) => [`DBT_ENV_${name}`, value]),
  );
}

/** @param {Pick<Sandbox, "stateDir" | "postgres">} sandbox @returns {Record<string, string>} what the profile asks for */
export function dbtVariables({ stateDir, postgres }) {
  return {
    DBT_HOST: "127.0.0.1",
    DBT_PORT: String(postgres.port),
    DBT_DBNAME: "warehouse",
    DBT_SCHEMA: "silver",
    DBT_USER: "pipeline",
    DBT_PASS: secretFor(stateDir, "pipeline"),
    DBT_SEND_ANONYMOUS_USAGE_STATS: "false",
  };
}
