import type { BackfillParams, JobKind } from "@/lib/contracts/runs";
import type { DateMeasurement } from "./judge-backfill";
import type { RunHandler } from "./run-handler";

/** One handler for each kind: a kind without one does not compile. */
export type RunHandlers = { backfill: RunHandler<BackfillParams, DateMeasurement> } & Record<
  JobKind,
  unknown
>;
