#!/usr/bin/env node
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { explain } from "./services/explained-error.mjs";
import { stopOnSignals } from "./services/stop-on-signals.mjs";
import { openTestState, startTestServices } from "./services/test-services.mjs";

const HELP = `Usage: node scripts/with-services.mjs COMMAND [ARGUMENTS]

Starts a throwaway PostgreSQL and Redis on free ports, runs the command with these variables set, and
stops them again. Several may run at once; each has its own.

  BACKCOURT_TEST_POSTGRES_URL   a superuser's URL
  BACKCOURT_TEST_REDIS_URL
  BACKCOURT_TEST_PYTHON         the python with the sandbox's requirements
  BACKCOURT_TEST_DBT            its dbt; left out where PyPI does not give it
  BACKCOURT_TEST_MOTO_PYTHON    the python with moto, a stand-in for AWS; left out likewise

Example: node scripts/with-services.mjs npx vitest run --project integration lib/runs
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const [command, ...args] = process.argv.slice(2);
if (command === undefined || command === "--help" || command === "-h") {
  process.stdout.write(HELP);
} else {
  const state = await openTestState(root);
  stopOnSignals(state.children, { say: () => {}, cleanUp: state.remove });
  process.exitCode = await runWithServices(state).catch((error) => {
    if (!state.children.isStopping()) console.error(explain(error));
    return 1;
  });
  await state.children.stopAll();
}

/** @param {Awaited<ReturnType<typeof openTestState>>} state @returns {Promise<number>} the command's exit code */
async function runWithServices(state) {
  const env = { ...process.env, ...(await startTestServices(root, state)) };
  // In our own process group, unlike the services: the terminal's Ctrl-C and its input belong to the command.
  const child = spawn(String(command), args, { stdio: "inherit", env });
  // The command goes before the services that it uses.
  process.prependListener("SIGTERM", () => child.kill("SIGTERM"));
  process.prependListener("exit", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
