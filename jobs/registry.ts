import { backfill } from "@/jobs/definitions/backfill";
import { dashboardRestart } from "@/jobs/definitions/dashboard-restart";
import { dbt } from "@/jobs/definitions/dbt";
import { ml } from "@/jobs/definitions/ml";
import type { JobKind } from "@/lib/contracts/runs";

/** Every job kind, once. A kind without a definition here, or without a handler in the worker, does not compile. */
export const JOBS = {
  backfill,
  dbt,
  ml,
  "dashboard-restart": dashboardRestart,
} as const satisfies Record<JobKind, { kind: JobKind }>;
