import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { endLeftovers, trackChildProcesses } from "./child-processes.mjs";
import { ensureMoto } from "./moto.mjs";
import { startPostgres } from "./postgres.mjs";
import { removePostgresElsewhere } from "./postgres-place.mjs";
import { processStart } from "./process-identity.mjs";
import { dbtBeside, ensurePython } from "./python.mjs";
import { startRedis } from "./redis.mjs";

/**
 * A throwaway state folder of this process, so that several test runs do not meet. What killed runs left
 * behind, processes and folders, is cleared first.
 * @param {string} root the checkout
 */
export async function openTestState(root) {
  const testDir = join(root, ".backcourt/test");
  mkdirSync(testDir, { recursive: true });
  for (const name of readdirSync(testDir)) await removeIfAbandoned(testDir, name);

  const stateDir = join(testDir, `${process.pid}-${processStart(process.pid)}`);
  mkdirSync(stateDir);
  return {
    stateDir,
    cacheDir: join(root, ".backcourt/cache"),
    children: trackChildProcesses(stateDir),
    remove: () => removeState(stateDir),
  };
}

/**
 * PostgreSQL, Redis, the sandbox's Python and its dbt, and an ECS that is not ours, for tests.
 * @param {string} root
 * @param {Awaited<ReturnType<typeof openTestState>>} state
 * @returns {Promise<Record<string, string>>} the environment that tests read
 */
export async function startTestServices(root, { children, stateDir, cacheDir }) {
  const [postgres, redis, python, moto] = await Promise.all([
    startPostgres({ children, stateDir, durable: false }),
    startRedis({ children, stateDir, cacheDir }),
    ensurePython({
      children,
      cacheDir,
      requirements: join(root, "sandbox/requirements.txt"),
      dbtRequirements: join(root, "sandbox/dbt/requirements.txt"),
    }),
    ensureMoto({
      children,
      cacheDir,
      requirements: join(root, "sandbox/ecs/moto-requirements.txt"),
    }).catch((cause) => {
      if (children.isStopping()) throw cause;
      return null;
    }),
  ]);
  return {
    BACKCOURT_TEST_POSTGRES_URL: postgres.adminUrl,
    BACKCOURT_TEST_REDIS_URL: redis.url,
    BACKCOURT_TEST_PYTHON: python,
    // Left out where dbt could not be installed: the tests that need it say so.
    ...(existsSync(dbtBeside(python)) ? { BACKCOURT_TEST_DBT: dbtBeside(python) } : {}),
    ...(moto === null ? {} : { BACKCOURT_TEST_MOTO_PYTHON: moto }),
  };
}

/** @param {string} testDir @param {string} name */
async function removeIfAbandoned(testDir, name) {
  const [pid, startedAt] = name.split("-");
  if (!startedAt || processStart(Number(pid)) === startedAt) return;
  await endLeftovers(join(testDir, name));
  removeState(join(testDir, name));
}

/** @param {string} stateDir */
function removeState(stateDir) {
  removePostgresElsewhere(stateDir);
  rmSync(stateDir, { recursive: true, force: true });
}
