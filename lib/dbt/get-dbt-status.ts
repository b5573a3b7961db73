import { DBT_PROJECT_KEY, type DbtStatus } from "@/lib/contracts/dbt";
import type { Db } from "@/lib/db";
import { isAppError } from "@/lib/errors";
import type { Announce } from "@/lib/events/channel";
import type { WarehousePool } from "@/lib/warehouse/warehouse-pool";
import { createDbtGraph } from "./dbt-graph";
import { findForeignBuild } from "./find-foreign-builds";
import { listPresets } from "./list-presets";
import { readObservedProject } from "./observed-project";
import { readUsualTimes } from "./read-usual-times";

export type DbtStatusOptions = {
  db: Db;
  warehouse: Pick<WarehousePool, "query">;
  announce: Announce;
  /** False where DBT_CWD is not set: no worker will look. */
  isConfigured: boolean;
};

const NOT_CONFIGURED =
  "No dbt project is configured. Set DBT_CWD to the dbt checkout (and DBT_COMMAND, DBT_TARGET) for web and worker.";

/**
 * Everything that the dbt page starts from. Asking wakes the workers' look at the project; what they find anew
 * is announced. A warehouse that does not answer hides only whether somebody else builds.
 */
export async function getDbtStatus(options: DbtStatusOptions): Promise<DbtStatus> {
  const { db, announce, isConfigured } = options;
  if (isConfigured) await announce({ type: "observe", key: DBT_PROJECT_KEY });
  const [observed, foreign, usualTimes] = await Promise.all([
    readObservedProject(db),
    lookForForeignBuild(options),
    readUsualTimes(db),
  ]);
  const { project, checkedAt, worker, stale } = observed;
  return {
    project,
    problem: isConfigured ? observed.problem : NOT_CONFIGURED,
    observedAt: checkedAt?.toISOString() ?? null,
    worker,
    stale,
    ...foreign,
    presets: await listPresets(db, project && createDbtGraph(project)),
    usualTimes,
  };
}

async function lookForForeignBuild({
  warehouse,
}: DbtStatusOptions): Promise<Pick<DbtStatus, "foreignBuild" | "foreignBuildUnknown">> {
  try {
    return { foreignBuild: await findForeignBuild(warehouse), foreignBuildUnknown: null };
  } catch (error) {
    if (!isAppError(error) || error.code !== "warehouse-unavailable") throw error;
    return { foreignBuild: null, foreignBuildUnknown: error.message };
  }
}
