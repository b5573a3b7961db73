import { setTimeout as sleep } from "node:timers/promises";
import { excerptOf } from "../services/child-processes.mjs";
import { ExplainedError } from "../services/explained-error.mjs";

/** @typedef {import("../services/child-processes.mjs").Child} Child */

const POLL_MS = 150;
const READY_TIMEOUT_MS = 60_000;

/**
 * Never resolves; rejects as soon as one of the programs ends, which none should before it is stopped.
 * @param {Child[]} programs
 * @returns {Promise<never>}
 */
export async function untilOneEnds(programs) {
  const { name, logFile, code, signal } = await Promise.race(
    programs.map(async ({ name, logFile, exited }) => ({ name, logFile, ...(await exited) })),
  );
  throw new ExplainedError(`${name} ended by itself (${signal ?? `exit ${code}`})`, {
    why: `\n${excerptOf(logFile)}\n(whole log: ${logFile})`,
    todo: "Mend what it names and run the command again.",
  });
}

/**
 * Waits until the console says that all its parts are up.
 * @param {string} url the web's
 * @param {string} logDir named when it fails
 * @throws {ExplainedError} naming the parts that are not
 */
export async function untilHealthy(url, logDir) {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  let said = "It did not answer.";
  while (Date.now() < deadline) {
    const answer = await askHealth(url);
    if (answer.ok) return;
    if (answer.text) said = answer.text;
    await sleep(POLL_MS);
  }
  throw new ExplainedError(`The console was not ready within ${READY_TIMEOUT_MS / 1000} s`, {
    why: said,
    todo: `Read web.log and worker.log in ${logDir}`,
  });
}

/** @param {string} url */
async function askHealth(url) {
  try {
    const response = await fetch(`${url}/api/health/live`, { signal: AbortSignal.timeout(5_000) });
    return { ok: response.ok, text: response.ok ? "" : await describeProblems(response) };
  } catch {
    return { ok: false, text: "" };
  }
}

/** @param {Response} response */
async function describeProblems(response) {
  const text = await response.text();
  try {
    /** @type {{ down: string[] }} */
    const { down } = JSON.parse(text);
    return `Not up: ${down.join(", ")}.`;
  } catch {
    return `It answered ${response.status}: ${text.slice(0, 300)}`;
  }
}
