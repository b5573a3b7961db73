import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ExplainedError } from "../services/explained-error.mjs";
import { generateClient } from "../stack/build-app.mjs";
import { basicEnvironment } from "../stack/child-environment.mjs";
import { checkAdvisories } from "./check-advisories.mjs";
import { countPlaywright, countVitest, judgeSuite } from "./count-results.mjs";

/** @typedef {import("./count-results.mjs").Counts & { note?: string }} Result */
/**
 * @typedef {object} Run
 * @property {string} root
 * @property {string} stateDir where reports are kept
 * @property {import("../services/child-processes.mjs").ChildProcesses} children
 * @property {NodeJS.ProcessEnv} env
 * @property {string[]} [args] passed on to the runner
 */

const VITEST = "node_modules/vitest/vitest.mjs";
const PLAYWRIGHT = "node_modules/@playwright/test/cli.js";
const TSC = "node_modules/typescript/bin/tsc";
const NEXT = "node_modules/next/dist/bin/next";

/**
 * Format and lint, migrations, types, advisories: each counts one. A registry that answers no audit leaves the
 * last one uncounted, and the summary says so.
 * @param {Run} run
 * @returns {Promise<Result>}
 */
export async function runChecks(run) {
  const exitCodes = [
    await runNode(run, ["node_modules/@biomejs/biome/bin/biome", "check", "."]),
    await runNode(run, ["scripts/prisma.mjs", "check-migrations"]),
    await runTypes(run),
  ];
  const advisories = await checkAdvisories(run.root);
  if ("failed" in advisories) exitCodes.push(advisories.failed ? 1 : 0);
  const failed = exitCodes.filter((exitCode) => exitCode !== 0).length;
  const counts = { passed: exitCodes.length - failed, failed, skipped: 0 };
  if ("failed" in advisories) return counts;
  return {
    ...counts,
    note: `advisories not checked: ${advisories.unknown}`,
  };
}

/** @param {Run} run @returns {Promise<number>} the exit code */
async function runTypes(run) {
  await generateClient({ ...run, env: basicEnvironment() });
  const commands = [
    [NEXT, "typegen"],
    [TSC, "--noEmit"],
    // The scripts are JavaScript with types in comments; they have a configuration of their own.
    [TSC, "--noEmit", "--project", "scripts"],
  ];
  const exitCodes = [];
  for (const command of commands) exitCodes.push(await runNode(run, command));
  return Math.max(...exitCodes);
}

/** @param {Run} run @param {"unit" | "integration" | "faults" | "security"} project @returns {Promise<Result>} */
export async function runVitest(run, project) {
  await generateClient({ ...run, env: basicEnvironment() });
  const report = reportFile(run, project);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const exitCode = await runNode(run, [
    VITEST,
    "run",
    "--project",
    project,
    ...reporters,
    ...(run.args ?? []),
  ]);
  const parsed = readReport(report);
  return judgeSuite({ counts: parsed && countVitest(parsed), exitCode });
}

/** @param {Run} run @returns {Promise<Result>} */
export async function runPlaywright(run) {
  const report = reportFile(run, "e2e");
  const args = [PLAYWRIGHT, "test", "--reporter=list,json", ...(run.args ?? [])];
  const exitCode = await runNode({ ...run, env: { ...run.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } }, args);
  const parsed = readReport(report);
  return judgeSuite({ counts: parsed && countPlaywright(parsed), exitCode });
}

/** @param {Run} run @param {string[]} args @returns {Promise<number>} the exit code, its output on the terminal */
async function runNode({ root, children, env }, args) {
  const name = String(args[0]);
  const { exited } = children.start({
    name: "suite",
    command: process.execPath,
    args,
    cwd: root,
    env,
    output: "inherit",
  });
  const { code, signal } = await exited;
  if (children.isStopping()) throw new ExplainedError(`${name} was stopped`);
  return code ?? (signal ? 1 : 0);
}

/** @param {Run} run @param {string} suite */
function reportFile({ stateDir }, suite) {
  mkdirSync(join(stateDir, "reports"), { recursive: true });
  return join(stateDir, "reports", `${suite}.json`);
}

/** @param {string} file @returns {any} undefined when the runner never got as far as writing it */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
