import { join } from "node:path";
import { startPostgres } from "../services/postgres.mjs";
import { ensurePython } from "../services/python.mjs";
import { startRedis } from "../services/redis.mjs";
import { secretFor } from "../services/secrets.mjs";
import { basicEnvironment } from "./child-environment.mjs";
import { CONSOLE_ROLES, databaseUrl, ensureDatabases } from "./databases.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { isSeeded } from "./sandbox.mjs";

/** @typedef {Awaited<ReturnType<typeof import("./open-state.mjs").openState>>} State */
/** @typedef {ReturnType<typeof import("../services/steps.mjs").createSteps>["step"]} Step */
/** @typedef {Awaited<ReturnType<typeof startStores>>} Stores */

// Beside the usual 5432 and 6379, which a developer's own servers may want later.
const POSTGRES_PORT = 55432;
const REDIS_PORT = 56379;

/**
 * From a bare checkout to packages, PostgreSQL with both databases, Redis and the sandbox's Python.
 * @param {{ root: string, state: State, step: Step }} options
 */
export async function startStores({ root, state, step }) {
  const { stateDir, cacheDir, children } = state;
  // Beside npm's packages: both wait for a network most of the time.
  let pythonDetail = "";
  const installedPython = ensurePython({
    children,
    cacheDir,
    requirements: join(root, "sandbox/requirements.txt"),
    dbtRequirements: join(root, "sandbox/dbt/requirements.txt"),
    detail: (text) => {
      pythonDetail = text;
    },
  });
  // It is waited for below; should an earlier step fail, that failure is the one to tell.
  installedPython.catch(() => {});
  await step("npm packages", (detail) => installDependencies({ root, children, detail }));

  const postgres = await step("PostgreSQL", async (detail) => {
    const started = await startPostgres({ children, stateDir, port: POSTGRES_PORT });
    const where = started.place.elsewhere
      ? `, data in ${started.place.home} (its user cannot enter this folder)`
      : "";
    detail(`127.0.0.1:${started.port}${where}`);
    return started;
  });
  const redis = await step("Redis", async (detail) => {
    const redisUrl = process.env.REDIS_URL;
    const started = await startRedis({
      children,
      stateDir,
      cacheDir,
      redisUrl,
      port: REDIS_PORT,
      persistent: true,
    });
    detail(`127.0.0.1:${started.port}, ${started.source}`);
    return started;
  });
  const python = await step("Python for the sandbox", async (detail) => {
    const installed = await installedPython;
    detail(pythonDetail);
    return installed;
  });
  const passwords = {
    owner: secretFor(stateDir, "backcourt"),
    app: secretFor(stateDir, "backcourt_console"),
  };
  await step("databases", () =>
    ensureDatabases(postgres, {
      ownerPassword: passwords.owner,
      appPassword: passwords.app,
      emptyWarehouse: !isSeeded(stateDir),
    }),
  );
  const consoleUrlOf = (/** @type {"owner" | "app"} */ who) =>
    databaseUrl(postgres, { role: CONSOLE_ROLES[who], password: passwords[who], database: "backcourt" });
  return {
    postgres,
    redis,
    python,
    consoleUrl: consoleUrlOf("app"),
    ownerUrl: consoleUrlOf("owner"),
    env: basicEnvironment(),
  };
}
