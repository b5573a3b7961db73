import type { RunSummary } from "@/lib/contracts/runs";
import { RUN_STATE_LOOK } from "./run-state";

/** `Backfill Thu Nov 19, 2026: partly`, for the browser's tab. */
export function runTitle({ title, state }: Pick<RunSummary, "title" | "state">): string {
  return `${title}: ${RUN_STATE_LOOK[state].label}`;
}
