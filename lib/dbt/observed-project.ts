import { z } from "zod";
import { DBT_PROJECT_KEY, type DbtProject, dbtProjectSchema } from "@/lib/contracts/dbt";
import type { Db } from "@/lib/db";
import { readObservation } from "@/lib/observations/read-observation";

/** What the observation holds. */
export const observedProjectSchema = z.object({
  project: dbtProjectSchema,
  /** Why the graph is older than the project's files; null when it is not. */
  outdated: z.string().nullable(),
  contentHash: z.string(),
});

/** The dbt project as workers last saw it. */
export type ObservedProject = {
  /** The last graph that could be read; null while there is none. */
  project: DbtProject | null;
  /** Why there is none, or why it is not the newest, and what to do; null when all is well. */
  problem: string | null;
  /** When a worker last looked, and which; null when none has. */
  checkedAt: Date | null;
  worker: string | null;
  /** True when no worker has looked for several minutes, or `project` is older than `problem`. */
  stale: boolean;
};

/** Three looks of the worker missed. */
const UNSEEN_MS = 200_000;

/** Reads what workers published of the dbt project; tells absence and age in words. */
export async function readObservedProject(db: Db): Promise<ObservedProject> {
  const [observed, [clock]] = await Promise.all([
    readObservation(db, DBT_PROJECT_KEY, observedProjectSchema),
    db.$queryRaw<{ now: Date }[]>`select now() as now`,
  ]);
  if (!observed)
    return {
      project: null,
      problem:
        "No worker has looked at the dbt project yet. Start a worker that has DBT_CWD set; it looks at its start.",
      checkedAt: null,
      worker: null,
      stale: false,
    };
  const { value, checkedAt, worker } = observed;
  const unseenMs = clock ? clock.now.getTime() - checkedAt.getTime() : 0;
  const problem = observed.problem ?? value?.outdated ?? (value === null ? UNREADABLE : null);
  const isUnseen = unseenMs > UNSEEN_MS;
  return {
    project: value?.project ?? null,
    problem: problem ?? (isUnseen ? unseenWords(worker, unseenMs) : null),
    checkedAt,
    worker,
    stale: value !== null && (problem !== null || isUnseen),
  };
}

const UNREADABLE =
  "What a worker published of the dbt project is of another version of Backcourt. Update web and worker to the same one.";

function unseenWords(worker: string, unseenMs: number): string {
  return `No worker has looked at the dbt project for ${Math.round(unseenMs / 60_000)} min; ${worker} was the last. Start a worker that has DBT_CWD set.`;
}
