import { existsSync } from "node:fs";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import type { DbtDetails } from "./dbt-receipt";
import { type BuildToFollow, dbtLogFile, followBuild } from "./follow-build";

type LostBuild = Omit<BuildToFollow, "run"> & {
  run: Omit<BuildToFollow["run"], "reportProgress">;
  end: ProcessEnd;
  /** From when on it was being ended; null when it had ended by itself. */
  cutOffAt: Date | null;
};

/**
 * What a build had come to whose worker was lost, by what dbt itself has written.
 * @returns undefined where that is gone; no node is shown as running either way
 */
export async function recollectDbt({ end, cutOffAt, ...build }: LostBuild): Promise<DbtDetails | undefined> {
  const { db, folder } = build;
  const { runId } = build.run;
  await db.dbtNodeResult.updateMany({ where: { runId, status: "running" }, data: { status: "cancelled" } });
  if (!existsSync(dbtLogFile(folder))) return undefined;
  const followed = followBuild({ ...build, run: { ...build.run, reportProgress: () => undefined } });
  if (cutOffAt) followed.cutOff(cutOffAt);
  return followed.collect(end);
}
