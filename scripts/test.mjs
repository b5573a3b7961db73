#!/usr/bin/env node
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
import { runChecks, runPlaywright, runVitest } from "./suites/run-suite.mjs";

const SUITES = ["check", "unit", "integration", "build", "e2e"];
const HELP = `Usage: npm test [-- --only SUITE [ARGUMENTS]]

Runs everything, in this order, and goes on past what fails:
  check         format and lint, migrations, types
  unit          tests without services
  integration   tests on a real PostgreSQL and Redis, started for them
  build         the production build
  e2e           tests in a real Chromium, against the real web, worker and sandbox

  --only SUITE  that one alone; what follows goes to its runner:
                npm test -- --only unit lib/game-date --watch=false

Environment: CHROMIUM_PATH names the browser.
`;

/** @type {Record<string, string> | undefined} started for the first suite that needs them */
let services;
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const argv = process.argv.slice(2);
const only = argv[0] === "--only" ? argv[1] : undefined;

if (argv.includes("--help")) {
  process.stdout.write(HELP);
} else if (argv.length > 0 && !SUITES.includes(only ?? "")) {
  console.error(`--only takes one of ${SUITES.join(", ")}\n\n${HELP}`);
  process.exitCode = 2;
} else {
  await runSuites(only ? [only] : SUITES, argv.slice(2)).catch((error) => {
    console.error(explain(error));
    console.log("0 passed, 1 failed");
    process.exitCode = 1;
  });
}

/** @param {string[]} suites @param {string[]} args */
async function runSuites(suites, args) {
  checkCheckout(root);
  const state = await openTestState(root);
  const { children } = state;
  stopOnSignals(children, { cleanUp: state.remove });
  const { step } = createSteps();
  await step("npm packages", (detail) => installDependencies({ root, children, detail }));

  const run = { root, stateDir: state.stateDir, children, env: testEnvironment(), args };
  /** @type {(import("./suites/run-suite.mjs").Result & { suite: string, ms: number })[]} */
  const results = [];
  for (const suite of suites) {
    console.log(`\n── ${suite} ${"─".repeat(60 - suite.length)}`);
    const startedAt = performance.now();
    const result = await runSuite(suite, run, state, step).catch((error) => {
      if (children.isStopping()) throw error;
      console.error(explain(error));
      return { passed: 0, failed: 1, skipped: 0, note: "did not run" };
    });
    results.push({ ...result, suite, ms: performance.now() - startedAt });
  }
  await children.stopAll();
  report(results);
  process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
}

/**
 * @param {string} suite
 * @param {import("./suites/run-suite.mjs").Run} run
 * @param {Awaited<ReturnType<typeof openTestState>>} state
 * @param {ReturnType<typeof createSteps>["step"]} step
 * @returns {Promise<import("./suites/run-suite.mjs").Result>}
 */
async function runSuite(suite, run, state, step) {
  const withServices = async () => {
    services ??= await step("PostgreSQL, Redis and Python", () => startTestServices(root, state));
    return { ...run.env, ...services };
  };
  const build = () =>
    step("production build", (detail) => buildApp({ ...run, env: basicEnvironment(), detail }));

  if (suite === "check") return runChecks(run);
  if (suite === "unit") return runVitest(run, "unit");
  if (suite === "integration") return runVitest({ ...run, env: await withServices() }, "integration");
  // Also for e2e alone: without changes it takes no time.
  await build();
  if (suite === "build") return { passed: 1, failed: 0, skipped: 0 };
  const chromium = await ensureChromium({ children: run.children, chromiumPath: process.env.CHROMIUM_PATH });
  return runPlaywright({ ...run, env: { ...(await withServices()), CHROMIUM_PATH: chromium } });
}

/** The caller's environment without what would point a test at somebody's own servers. */
function testEnvironment() {
  const { NODE_ENV, DATABASE_URL, WAREHOUSE_URL, REDIS_URL, ...env } = process.env;
  return env;
}

/** @param {(import("./suites/run-suite.mjs").Result & { suite: string, ms: number })[]} results */
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
