import type { ProcessEnd } from "@/lib/executors/executor-types";
import type { Outcome } from "./claimed-run";
import type { StopReason } from "./run-handler";

/** `exit 0`, for the log. */
export function describeEnd(end: ProcessEnd): string {
  switch (end.kind) {
    case "exited":
      return `exit ${end.exitCode}`;
    case "signalled":
      return `killed by ${end.signal}`;
    case "not-started":
      return `not started: ${end.reason}`;
    case "lost":
      return `ended, how is not known: ${end.reason}`;
  }
}

/** How a run ends whose end was asked for before its program had been started. */
export function endedBeforeStart(reason: StopReason): Outcome {
  switch (reason) {
    case "cancelled":
      return { state: "cancelled", outcome: "Cancelled before the program started; nothing ran." };
    case "timed-out":
      return {
        state: "timed_out",
        outcome: "Its time was over before the program could be started; nothing ran.",
      };
    default:
      return { state: "interrupted", outcome: "The worker stopped before the program started; nothing ran." };
  }
}

/** How a run ends that met a defect of ours. */
export function endedByDefect(problem: string, hasStarted: boolean): Outcome {
  return hasStarted
    ? {
        state: "interrupted",
        outcome: `The worker met an error of its own while this ran (${problem}); the effect is not known. Running it again is safe.`,
      }
    : {
        state: "refused",
        outcome: `Nothing was started: the worker met an error of its own (${problem}). Its log says more.`,
      };
}
