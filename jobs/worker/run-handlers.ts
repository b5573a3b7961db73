import type { BackfillParams, JobKind } from "@/lib/contracts/runs";
import type { BackfillMeasurement } from "@/lib/warehouse/measure-backfill";
import type { RunHandler } from "./run-handler";

/** One handler for each kind: a kind without one does not compile. */
export type RunHandlers = { backfill: RunHandler<BackfillParams, BackfillMeasurement> } & Record<
  JobKind,
  unknown
>;
