import { type DbtParams, dbtParamsSchema } from "@/lib/contracts/run-kinds/dbt";
import type { RunDetail } from "@/lib/contracts/runs";

/** The build that a run was ordered for; null for a run of another kind, or of a form that is no longer known. */
export function buildOf(run: Pick<RunDetail, "kind" | "params">): DbtParams | null {
  if (run.kind !== "dbt") return null;
  return dbtParamsSchema.safeParse(run.params).data ?? null;
}
