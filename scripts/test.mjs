#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureChromium } from "./services/chromium.mjs";
import { explain } from "./services/explained-error.mjs";
import { createSteps, formatDuration } from "./services/steps.mjs";
import { stopOnSignals } from "./services/stop-on-signals.mjs";
import { openTestState, startTestServices } from "./services/test-services.mjs";
import { buildApp } from "./stack/build-app.mjs";
import { checkCheckout } from "./stack/check-checkout.mjs";
import { basicEnvironment } from "./stack/child-environment.mjs";
import { installDependencies } from "./stack/install-dependencies.mjs";
import { closingLine } from "./suites/count-results.mjs";
import { runBeside } from "./suites/run-beside.mjs";
import { runChecks, runPlaywright, runVitest } from "./suites/run-suite.mjs";

const SUITES = ["check", "unit", "build", "integration", "faults", "e2e", "security"];
/** Each run by a runner of its own, beside the integration tests: most tests wait more than they compute. */
const BESIDE = [["e2e", "security"], ["faults"]];
const HELP = `Usage: npm test [-- --only SUITE [ARGUMENTS]]

Runs everything and goes on past what fails:
  check         format and lint, migrations, types, advisories on dependencies
  unit          tests without services
  build         the production build
then side by side, each with a PostgreSQL and a Redis of its own:
  integration   tests on a real PostgreSQL and Redis
  e2e           tests in a real Chromium, against the real web, worker and sandbox; after them
  security      attacks on the real web and worker
  faults        what may befall a run: processes killed, stores stopped, output of every kind

  --only SUITE  that one alone, or several with commas between; what follows goes to its runner:
                npm test -- --only unit lib/game-date --watch=false

Environment: CHROMIUM_PATH names the browser.
`;

/** @typedef {import("./suites/run-suite.mjs").Result & { suite: string, ms: number }} SuiteResult */

/** @type {Record<string, string> | undefined} started for the first suite that needs them */
let services;
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const argv = process.argv.slice(2);
const only = argv[0] === "--only" ? (argv[1] ?? "").split(",") : undefined;

if (argv.includes("--help")) {
  process.stdout.write(HELP);
} else if (argv.length > 0 && !only?.every((suite) => SUITES.includes(suite))) {
  console.error(`--only takes ${SUITES.join(", ")}\n\n${HELP}`);
  process.exitCode = 2;
} else {
  await runSuites().catch((error) => {
    console.error(explain(error));
    console.log("0 passed, 1 failed");
    process.exitCode = 1;
  });
}

async function runSuites() {
  checkCheckout(root);
  const state = await openTestState(root);
  const { children } = state;
  stopOnSignals(children, { cleanUp: state.remove });
  const { step } = createSteps();
  await step("npm packages", (detail) => installDependencies({ root, children, detail }));

  const run = { root, stateDir: state.stateDir, children, env: testEnvironment(), args: argv.slice(2) };
  const runAll = (/** @type {string[]} */ suites) => runOneByOne(suites, run, state, step);
  const results = await (only ? runAll(only) : runEverything(runAll, run, state, step));
  await children.stopAll();
  report(results);
  if (process.env.BACKCOURT_TEST_RESULTS)
    writeFileSync(process.env.BACKCOURT_TEST_RESULTS, JSON.stringify(results));
  process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
}

/**
 * @param {(suites: string[]) => Promise<SuiteResult[]>} runAll
 * @param {import("./suites/run-suite.mjs").Run} run
 * @param {Awaited<ReturnType<typeof openTestState>>} state
 * @param {ReturnType<typeof createSteps>["step"]} step
 * @returns {Promise<SuiteResult[]>}
 */
async function runEverything(runAll, run, state, step) {
  const alone = await runAll(["check", "unit", "build"]);
  // What they install is there once these are up, so that the other runners need not install it as well.
  await servicesOf(state, step).catch((error) => console.error(explain(error)));
  const sides = await Promise.all([
    runAll(["integration"]),
    ...BESIDE.map((suites) => runBeside({ ...run, suites })),
  ]);
  return [...alone, ...sides.flat()];
}

/**
 * @param {string[]} suites
 * @param {import("./suites/run-suite.mjs").Run} run
 * @param {Awaited<ReturnType<typeof openTestState>>} state
 * @param {ReturnType<typeof createSteps>["step"]} step
 * @returns {Promise<SuiteResult[]>}
 */
async function runOneByOne(suites, run, state, step) {
  /** @type {SuiteResult[]} */
  const results = [];
  for (const suite of suites) {
    console.log(`\n── ${suite} ${"─".repeat(60 - suite.length)}`);
    const startedAt = performance.now();
    const result = await runSuite(suite, run, state, step).catch((error) => {
      if (run.children.isStopping()) throw error;
      console.error(explain(error));
      return { passed: 0, failed: 1, skipped: 0, note: "did not run" };
    });
    results.push({ ...result, suite, ms: performance.now() - startedAt });
  }
  return results;
}

/**
 * @param {Awaited<ReturnType<typeof openTestState>>} state
 * @param {ReturnType<typeof createSteps>["step"]} step
 */
async function servicesOf(state, step) {
  services ??= await step("PostgreSQL, Redis and Python", () => startTestServices(root, state));
  return services;
}

/**
 * @param {string} suite
 * @param {import("./suites/run-suite.mjs").Run} run
 * @param {Awaited<ReturnType<typeof openTestState>>} state
 * @param {ReturnType<typeof createSteps>["step"]} step
 * @returns {Promise<import("./suites/run-suite.mjs").Result>}
 */
async function runSuite(suite, run, state, step) {
  const withServices = async () => ({ ...run.env, ...(await servicesOf(state, step)) });
  const build = () =>
    step("production build", (detail) => buildApp({ ...run, env: basicEnvironment(), detail }));

  if (suite === "check") return runChecks(run);
  if (suite === "unit") return runVitest(run, "unit");
  if (suite === "integration") return runVitest({ ...run, env: await withServices() }, "integration");
  // Also for a suite alone: without changes it takes no time.
  await build();
  if (suite === "build") return { passed: 1, failed: 0, skipped: 0 };
  if (suite === "faults") return runVitest({ ...run, env: await withServices() }, "faults");
  const chromium = await ensureChromium({ children: run.children, chromiumPath: process.env.CHROMIUM_PATH });
  const env = { ...(await withServices()), CHROMIUM_PATH: chromium };
  return suite === "security" ? runVitest({ ...run, env }, "security") : runPlaywright({ ...run, env });
}

/** The caller's environment without what would point a test at somebody's own servers. */
function testEnvironment() {
  const { NODE_ENV, DATABASE_URL, WAREHOUSE_URL, REDIS_URL, ...env } = process.env;
  return env;
}

/** @param {SuiteResult[]} results */
function report(results) {
  console.log(`\n── summary ${"─".repeat(53)}`);
  for (const { suite, passed, failed, ms, note } of results) {
    const total = `${passed} of ${passed + failed}`.padStart(12);
    console.log(
      `${failed > 0 ? "✗" : "✓"} ${suite.padEnd(12)} ${total} ${formatDuration(ms).padStart(14)}${note ? `   ${note}` : ""}`,
    );
  }
  console.log(`\n${closingLine(results)}`);
}
