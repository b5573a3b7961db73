import type { Db } from "@/lib/db";
import type { Redactor } from "@/lib/logs/redact";
import type { WarehousePool } from "@/lib/warehouse/warehouse-pool";

/** What handlers use of the worker that they live in. */
export type HandlerSurroundings = {
  /** The console's read-only connections. */
  warehouse: WarehousePool;
  db: Db;
  /** What any program needs of the worker's own environment. */
  baseEnv: Record<string, string>;
  /** Masks secrets in what is stored beside the log. */
  redact: Redactor;
  now(): Date;
  sleep(ms: number): Promise<void>;
};
