import { RUN_STATES, type RunState } from "@/lib/contracts/runs";

/** Where a state may lead. A final state leads nowhere. */
export const TRANSITIONS = {
  queued: ["running", "cancelled", "refused"],
  // Back to the queue only when its worker was lost before the program was ordered to start.
  running: ["queued", "verifying", "failed", "timed_out", "cancelled", "interrupted", "refused"],
  verifying: ["succeeded", "partly", "no_effect", "failed", "timed_out", "cancelled", "interrupted"],
  succeeded: [],
  partly: [],
  no_effect: [],
  failed: [],
  timed_out: [],
  cancelled: [],
  interrupted: [],
  refused: [],
} as const satisfies Record<RunState, readonly RunState[]>;

export type FinalState = Exclude<RunState, "queued" | "running" | "verifying">;

/** True once nothing more can happen to a run. */
export function isFinal(state: RunState): state is FinalState {
  return TRANSITIONS[state].length === 0;
}

export const OPEN_STATES = RUN_STATES.filter((state) => !isFinal(state));
/** States in which a run holds its lock. */
export const ACTIVE_STATES = ["running", "verifying"] as const satisfies readonly RunState[];
/** Ended, but an operator should look. */
export const ATTENTION_STATES = [
  "partly",
  "no_effect",
  "failed",
  "timed_out",
  "interrupted",
  "refused",
] as const satisfies readonly RunState[];
