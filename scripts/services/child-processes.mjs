import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { ExplainedError } from "./explained-error.mjs";
import { descendantsOf, isRunning, processStart } from "./process-identity.mjs";

const GRACE_MS = 10_000;
const FIRST_LINES = 10;
const LAST_LINES = 20;

/**
 * @typedef {object} Command
 * @property {string} name names the log file and the messages
 * @property {string} command
 * @property {string[]} [args]
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {number} [stage] higher stages are stopped first: programs (1) before the stores (0) they use
 * @property {NodeJS.Signals} [stopSignal]
 * @property {"log" | "inherit" | ((line: string) => void)} [output] a log file, this terminal, or line by line
 *
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid
 * @property {string | undefined} startedAt
 * @property {string} logFile
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} exited
 * @property {() => Promise<void>} stop
 *
 * @typedef {ReturnType<typeof trackChildProcesses>} ChildProcesses
 */

/**
 * Starts programs in process groups of their own, keeps their output in `stateDir/logs`, and stops all of
 * them and nothing else. What runs is also noted in the state folder, so that the next start can end
 * what a killed parent left behind.
 * @param {string} stateDir
 */
export function trackChildProcesses(stateDir) {
  const logDir = join(stateDir, "logs");
  mkdirSync(logDir, { recursive: true });
  /** @type {Map<number, Child & { stage: number, stopSignal: NodeJS.Signals }>} */
  const running = new Map();
  /** @type {Promise<void> | undefined} */
  let stopping;

  const note = () => noteRunning(stateDir, [...running.values()]);

  /** @param {Command} command @returns {Child} */
  function start({
    name,
    command,
    args = [],
    cwd,
    env,
    uid,
    gid,
    stage = 1,
    stopSignal = "SIGTERM",
    output = "log",
  }) {
    if (stopping) throw new ExplainedError(`${name} was not started: everything is being stopped`);
    const logFile = join(logDir, `${name}.log`);
    const log = typeof output === "function" ? "pipe" : output === "log" ? openLog(logFile) : "inherit";
    const child = spawn(command, args, { cwd, env, uid, gid, detached: true, stdio: ["ignore", log, log] });
    if (typeof log === "number") closeSync(log);
    if (typeof output === "function") {
      for (const input of [child.stdout, child.stderr])
        if (input) createInterface({ input }).on("line", output);
    }

    /** @type {Child["exited"]} */
    const exited = new Promise((resolve, reject) => {
      child.once("exit", (code, signal) => resolve({ code, signal }));
      child.once("error", (cause) => reject(new ExplainedError(`${name} could not be started`, { cause })));
    });
    exited.catch(() => {});
    const pid = child.pid;
    if (pid === undefined)
      return { name, pid: -1, startedAt: undefined, logFile, exited, stop: async () => {} };

    const tracked = {
      name,
      pid,
      startedAt: processStart(pid),
      logFile,
      exited,
      stage,
      stopSignal,
      stop: () => stopChild(tracked),
    };
    running.set(pid, tracked);
    note();
    exited.then(() => {
      running.delete(pid);
      note();
    });
    return tracked;
  }

  /**
   * Runs a command to its end.
   * @param {Command} command
   * @returns {Promise<string>} its output (empty when it went elsewhere than to its log)
   * @throws {ExplainedError} with the last lines of its output when it fails
   */
  async function run(command) {
    const child = start(command);
    const { code, signal } = await child.exited;
    if (code === 0) return isLogged(command) ? readFileSync(child.logFile, "utf8") : "";
    throw new ExplainedError(`${command.name} failed (${signal ?? `exit ${code}`})`, {
      why: isLogged(command) ? `\n${excerptOf(child.logFile)}\n(whole log: ${child.logFile})` : undefined,
    });
  }

  async function stopEveryStage() {
    const stages = new Set([...running.values()].map((child) => child.stage));
    for (const stage of [...stages].sort((a, b) => b - a)) {
      await Promise.all([...running.values()].filter((child) => child.stage === stage).map(stopChild));
    }
  }

  return {
    start,
    run,
    logDir,
    isStopping: () => stopping !== undefined,
    /** Stops everything, programs first; later calls wait for the same stop. */
    stopAll() {
      stopping ??= stopEveryStage();
      return stopping;
    },
    /** Kills everything without waiting, for a second Ctrl-C and for a crash of ours. */
    killAll() {
      for (const child of running.values()) {
        for (const descendant of descendantsOf(child.pid)) signalProcess(descendant.pid, "SIGKILL");
        signalProcess(-child.pid, "SIGKILL");
      }
    },
  };
}

/** @param {string} logFile @returns {string} its last lines, with the first ones of a long log: npm gives its reason first */
export function excerptOf(logFile) {
  const lines = readFileSync(logFile, "utf8").trimEnd().split("\n");
  if (lines.length <= FIRST_LINES + LAST_LINES) return lines.join("\n");
  return [...lines.slice(0, FIRST_LINES), "...", ...lines.slice(-LAST_LINES)].join("\n");
}

/**
 * Ends what an earlier parent started in this state folder and could not stop because it was killed.
 * @param {string} stateDir
 * @returns {Promise<string[]>} the names of what was still running
 */
export async function endLeftovers(stateDir) {
  const file = join(stateDir, "processes.json");
  if (!existsSync(file)) return [];
  /** @type {{ name: string, pid: number, startedAt: string, stopSignal: NodeJS.Signals }[]} */
  const noted = JSON.parse(readFileSync(file, "utf8"));
  const left = noted.filter(isRunning);
  await Promise.all(left.map((child) => stopChild({ ...child, exited: untilGone(child) })));
  noteRunning(stateDir, []);
  return left.map((child) => child.name);
}

/**
 * The stop signal, time to obey it, then SIGKILL; in the end nothing that descends from the child runs.
 * @param {{ pid: number, startedAt: string | undefined, stopSignal: NodeJS.Signals, exited: Promise<unknown> }} child
 */
async function stopChild({ pid, startedAt, stopSignal, exited }) {
  const family = descendantsOf(pid);
  // PostgreSQL's fast shutdown is SIGINT to the postmaster alone; its backends take SIGINT as "cancel".
  if (isRunning({ pid, startedAt })) signalProcess(stopSignal === "SIGINT" ? pid : -pid, stopSignal);
  const obeyed = await Promise.race([exited.then(() => true), sleep(GRACE_MS, false, { ref: false })]);
  if (!obeyed) family.push(...descendantsOf(pid));
  for (const descendant of family) if (isRunning(descendant)) signalProcess(descendant.pid, "SIGKILL");
  signalProcess(-pid, "SIGKILL");
  await exited;
}

/** @param {{ pid: number, startedAt: string }} child */
async function untilGone(child) {
  while (isRunning(child)) await sleep(20);
}

/** @param {number} pid negative for a process group @param {NodeJS.Signals} signal */
function signalProcess(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}

/** @param {string} file @returns {number} a descriptor; the log of the start before is kept beside it */
function openLog(file) {
  if (existsSync(file)) renameSync(file, file.replace(/\.log$/, ".previous.log"));
  return openSync(file, "w", 0o600);
}

/** @param {string} stateDir @param {{ name: string, pid: number, startedAt?: string, stopSignal: string }[]} children */
function noteRunning(stateDir, children) {
  const noted = children.map(({ name, pid, startedAt, stopSignal }) => ({
    name,
    pid,
    startedAt,
    stopSignal,
  }));
  writeFileSync(join(stateDir, "processes.json"), JSON.stringify(noted, null, 2));
}

/** @param {Command} command */
function isLogged({ output = "log" }) {
  return output === "log";
}
