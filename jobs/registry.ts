import { backfill } from "@/jobs/definitions/backfill";
import type { JobKind } from "@/lib/contracts/runs";

/** Every job kind, once. A kind without a definition here, or without a handler in the worker, does not compile. */
export const JOBS = { backfill } as const satisfies Record<JobKind, { kind: JobKind }>;
