import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { endTree } from "../end-tree";
import type { Program } from "../executor-types";
import { identify } from "../process-identity";
import { findProcessesOfRun, RUN_ID_VARIABLE } from "../processes-of-run";
import { type FromSupervisor, OUTPUT_DESCRIPTORS, type SupervisedRun, type ToSupervisor } from "./messages";
import { type RunRecord, writeRecord } from "./run-record";

/**
 * A run's supervisor, a process of its own: starts the program when the worker orders it, tells how it ended,
 * and outlives the worker just long enough to end the program's whole tree. Arguments: milliseconds between
 * signals, milliseconds of silence after which the worker counts as lost.
 */
const [stepMs = "", silenceMs = ""] = process.argv.slice(2);

const worker = identify(process.ppid);
/** The run, from its order on. */
let ordered: SupervisedProgram | undefined;
let heardAt = performance.now();
let leaving = false;

const moment = () => new Date().toISOString();

function tell(message: FromSupervisor): void {
  // A worker that is gone is told by `disconnect`.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

class SupervisedProgram {
  private readonly record: RunRecord;
  private pid: number | null = null;
  private hasEnded = true;

  constructor(private readonly run: SupervisedRun) {
    this.record = {
      runId: run.runId,
      worker,
      supervisor: identify(process.pid),
      program: null,
      orderedAt: moment(),
      notStarted: null,
      ended: null,
      lost: null,
      signals: [],
      allGoneAt: null,
    };
  }

  start({ argv, cwd, env }: Program): void {
    try {
      // Before the start: a program without a record could not be found again.
      writeRecord(this.run.folder, this.record);
    } catch (error) {
      tell({ type: "not-started", what: "record", ...errorOf(error) });
      return;
    }
    try {
      const [command = "", ...args] = argv;
      const program = spawn(command, args, {
        cwd,
        // Next's types demand NODE_ENV of every environment; to the pipeline's programs it means nothing.
        env: { ...env, [RUN_ID_VARIABLE]: this.run.runId, NODE_ENV: "production" },
        detached: true,
        stdio: ["ignore", OUTPUT_DESCRIPTORS.stdout, OUTPUT_DESCRIPTORS.stderr],
      });
      this.hasEnded = false;
      this.pid = program.pid ?? null;
      program.once("error", (error) => this.notStarted(error));
      program.once("spawn", () => {
        const pid = program.pid ?? 0;
        tell({ type: "started", pid });
        this.note({ program: identify(pid) });
      });
      program.once("exit", (exitCode, signal) => {
        this.hasEnded = true;
        this.note({ ended: { exitCode, signal, at: moment() } });
        tell({ type: "ended", exitCode, signal });
      });
    } catch (error) {
      this.notStarted(error);
      return;
    }
    // The program's copies alone stay open, so that its end ends the worker's reading.
    for (const descriptor of Object.values(OUTPUT_DESCRIPTORS)) closeSync(descriptor);
  }

  /** Ends what is left of the program, and notes how; nothing after a run's normal end. */
  async endRest(why: "gone" | "silent"): Promise<void> {
    const { runId } = this.run;
    if (this.hasEnded && findProcessesOfRun(runId).length === 0) return;
    this.note({ lost: { why, at: moment() } });
    await endTree({
      runId,
      group: this.pid,
      hasEnded: () => this.hasEnded,
      stepMs: Number(stepMs),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onSignal: (signal) => this.note({ signals: [...this.record.signals, signal] }),
    });
    this.note({ allGoneAt: moment() });
  }

  private notStarted(error: unknown): void {
    this.hasEnded = true;
    const problem = errorOf(error);
    this.note({ notStarted: problem.message });
    tell({ type: "not-started", what: "program", ...problem });
  }

  /** A disk that has become full in mid-run costs the record, not the run. */
  private note(change: Partial<RunRecord>): void {
    Object.assign(this.record, change);
    try {
      writeRecord(this.run.folder, this.record);
    } catch {
      // Whoever settles the run says that its end is not known.
    }
  }
}

/** The worker has let go: without an order, and after a run's normal end, there is nothing left to do. */
async function leave(why: "gone" | "silent"): Promise<void> {
  if (leaving) return;
  leaving = true;
  await ordered?.endRest(why);
  process.exit();
}

function errorOf(error: unknown): { code?: string; message: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, ...("code" in error ? { code: String(error.code) } : {}) };
}

process.on("message", (message: ToSupervisor) => {
  heardAt = performance.now();
  if (message.type === "alive" || ordered !== undefined || leaving) return;
  const { runId, folder, argv, cwd, env } = message;
  ordered = new SupervisedProgram({ runId, folder });
  ordered.start({ argv, cwd, env });
});
process.on("disconnect", () => void leave("gone"));
// What ends the worker's group or its terminal must not end the one that has to see to the rest.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
setInterval(() => {
  if (performance.now() - heardAt > Number(silenceMs)) void leave("silent");
}, 1_000).unref();
if (!process.connected) process.exit();
