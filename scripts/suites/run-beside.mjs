import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** @typedef {import("./run-suite.mjs").Result & { suite: string, ms: number }} SuiteResult */

/**
 * Runs suites in a runner of their own with services of its own, its lines marked on the same terminal.
 * @param {Pick<import("./run-suite.mjs").Run, "root" | "stateDir" | "children"> & { suites: string[] }} options
 * @returns {Promise<SuiteResult[]>} one failure for each suite when it leaves no results
 */
export async function runBeside({ root, stateDir, children, suites }) {
  const name = suites.join("-");
  const file = join(stateDir, `beside-${name}.json`);
  rmSync(file, { force: true });
  const startedAt = performance.now();
  const { exited } = children.start({
    name: `beside-${name}`,
    command: process.execPath,
    args: ["scripts/test.mjs", "--only", suites.join(",")],
    cwd: root,
    env: { ...process.env, BACKCOURT_TEST_RESULTS: file },
    output: (line) => console.log(`${suites[0]} │ ${line}`),
  });
  await exited;
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const ms = performance.now() - startedAt;
  return suites.map((suite) => ({ suite, ms, passed: 0, failed: 1, skipped: 0, note: "left no results" }));
}
