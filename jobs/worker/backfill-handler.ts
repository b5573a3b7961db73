import { JOBS } from "@/jobs/registry";
import type { BackfillParams } from "@/lib/contracts/runs";
import type { Db } from "@/lib/db";
import type { WorkerEnv } from "@/lib/env";
import { TUNABLES } from "@/lib/runs/tunables";
import { listWaivers } from "@/lib/waivers/list-waivers";
import { type BackfillMeasurement, measureBackfill } from "@/lib/warehouse/measure-backfill";
import type { WarehousePool } from "@/lib/warehouse/warehouse-pool";
import { explainBackfill } from "./explain-backfill";
import { judgeBackfill } from "./judge-backfill";
import type { RunHandler } from "./run-handler";

export type BackfillSurroundings = {
  warehouse: WarehousePool;
  db: Db;
  /** What any program needs of the worker's own environment. */
  baseEnv: Record<string, string>;
  sleep(ms: number): Promise<void>;
};

/** How this worker backfills a date: the ingestion program under its own variables, judged by bronze's rows. */
export function createBackfillHandler(
  env: WorkerEnv,
  { warehouse, db, baseEnv, sleep }: BackfillSurroundings,
): RunHandler<BackfillParams, BackfillMeasurement> {
  const settings = { ingestion: { command: env.INGESTION_COMMAND, cwd: env.INGESTION_CWD } };
  return {
    plan: (params) => JOBS.backfill.plan(params, settings),
    // Without it a log comes in blocks, at the end.
    environment: () => ({ ...baseEnv, ...env.ingestionEnv, PYTHONUNBUFFERED: "1" }),
    timeoutMs: env.INGESTION_TIMEOUT_MINUTES * 60_000,
    measure: ({ runDate }) =>
      measureBackfill({
        pool: warehouse,
        date: runDate,
        listWaivers: () => listWaivers(db),
        now: () => new Date(),
        sleep,
        deadlineMs: TUNABLES.measureDeadlineMs,
      }),
    judge: (evidence) => judgeBackfill({ ...evidence, timeoutMinutes: env.INGESTION_TIMEOUT_MINUTES }),
    explain: explainBackfill,
  };
}
