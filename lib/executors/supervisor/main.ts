import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { endTree } from "../end-tree";
import type { Program } from "../executor-types";
import { identify } from "../process-identity";
import { findProcessesOfRun, RUN_ID_VARIABLE } from "../processes-of-run";
import { type FromSupervisor, OUTPUT_DESCRIPTORS, type ToSupervisor } from "./messages";
import { type RunRecord, writeRecord } from "./run-record";

/**
 * A run's supervisor, a process of its own: starts the program when the worker orders it, tells how it ended,
 * and outlives the worker just long enough to end the program's whole tree. Arguments: the run's id, its
 * folder, milliseconds between signals, milliseconds of silence after which the worker counts as lost.
 */
const [runId = "", folder = "", stepMs = "", silenceMs = ""] = process.argv.slice(2);

const record: RunRecord = {
  runId,
  worker: identify(process.ppid),
  supervisor: identify(process.pid),
  program: null,
  orderedAt: "",
  notStarted: null,
  ended: null,
  lost: null,
  signals: [],
  allGoneAt: null,
};
let program: ChildProcess | undefined;
let heardAt = performance.now();
let leaving = false;

const moment = () => new Date().toISOString();
const hasEnded = () => program === undefined || record.ended !== null || record.notStarted !== null;

function tell(message: FromSupervisor): void {
  // A worker that is gone is told by `disconnect`.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/** A disk that has become full in mid-run costs the record, not the run. */
function note(change: Partial<RunRecord>): void {
  Object.assign(record, change);
  try {
    writeRecord(folder, record);
  } catch {
    // Whoever settles the run says that its end is not known.
  }
}

function start({ argv, cwd, env }: Program): void {
  record.orderedAt = moment();
  try {
    // Before the start: a program without a record could not be found again.
    writeRecord(folder, record);
  } catch (error) {
    tell({ type: "not-started", what: "record", ...errorOf(error) });
    return;
  }
  try {
    const [command = "", ...args] = argv;
    program = spawn(command, args, {
      cwd,
      // Next's types demand NODE_ENV of every environment; to the pipeline's programs it means nothing.
      env: { ...env, [RUN_ID_VARIABLE]: runId, NODE_ENV: "production" },
      detached: true,
      stdio: ["ignore", OUTPUT_DESCRIPTORS.stdout, OUTPUT_DESCRIPTORS.stderr],
    });
  } catch (error) {
    notStarted(error);
    return;
  }
  // The program's copies alone stay open, so that its end ends the worker's reading.
  for (const descriptor of Object.values(OUTPUT_DESCRIPTORS)) closeSync(descriptor);
  program.once("error", notStarted);
  program.once("spawn", () => {
    const pid = program?.pid ?? 0;
    tell({ type: "started", pid });
    note({ program: identify(pid) });
  });
  program.once("exit", (exitCode, signal) => {
    note({ ended: { exitCode, signal, at: moment() } });
    tell({ type: "ended", exitCode, signal });
  });
}

function notStarted(error: unknown): void {
  const problem = errorOf(error);
  note({ notStarted: problem.message });
  tell({ type: "not-started", what: "program", ...problem });
}

/** The worker has let go: after a run's normal end there is nothing left to do. */
async function leave(why: "gone" | "silent"): Promise<void> {
  if (leaving) return;
  leaving = true;
  if (hasEnded() && findProcessesOfRun(runId).length === 0) process.exit();
  note({ lost: { why, at: moment() } });
  await endTree({
    runId,
    group: program?.pid ?? null,
    hasEnded,
    stepMs: Number(stepMs),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onSignal: (signal) => note({ signals: [...record.signals, signal] }),
  });
  note({ allGoneAt: moment() });
  process.exit();
}

function errorOf(error: unknown): { code?: string; message: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, ...("code" in error ? { code: String(error.code) } : {}) };
}

process.on("message", (message: ToSupervisor) => {
  heardAt = performance.now();
  if (message.type === "start") start(message);
});
process.on("disconnect", () => void leave("gone"));
// What ends the worker's group or its terminal must not end the one that has to see to the rest.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
setInterval(() => {
  if (performance.now() - heardAt > Number(silenceMs)) void leave("silent");
}, 1_000).unref();
if (!process.connected) process.exit();
