import type { Program } from "../executor-types";

/** The run whose program is to be started, and its own folder, for the supervisor's record. */
export type SupervisedRun = { runId: string; folder: string };

/** From the worker to a supervisor. */
export type ToSupervisor = ({ type: "start" } & SupervisedRun & Program) | { type: "alive" };

/** From a run's supervisor to its worker. `what` could not be done: its record written, or the program started. */
export type FromSupervisor =
  | { type: "started"; pid: number }
  | { type: "not-started"; what: "record" | "program"; code?: string; message: string }
  | { type: "ended"; exitCode: number | null; signal: string | null };

/** The descriptors on which the program's stdout and stderr wait for it in the supervisor. */
export const OUTPUT_DESCRIPTORS = { stdout: 3, stderr: 4 } as const;
