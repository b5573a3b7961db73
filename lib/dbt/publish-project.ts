import { DBT_PROJECT_KEY } from "@/lib/contracts/dbt";
import type { Db } from "@/lib/db";
import { saveObservation } from "@/lib/observations/save-observation";
import type { LoadedProject } from "./load-project";

/** What one look of a worker at its dbt project gave. */
export type ProjectSeen = { loaded: LoadedProject } | { problem: string };

type Published = {
  worker: string;
  problem: string | null;
  contentHash: string | null;
  outdated: string | null;
  /** Whether its worker is still looking. */
  isRecent: boolean;
};

/** Two looks of its worker missed. */
const RECENT_MS = 150_000;

/**
 * Stores what a worker saw of the dbt project. A graph that has not changed is only marked as seen again, and a
 * worker that sees none does not cover up what another one sees at the same time.
 * @returns whether there is anything new to be told
 */
export async function publishProject(db: Db, worker: string, seen: ProjectSeen): Promise<boolean> {
  const last = await readPublished(db);
  if ("problem" in seen) {
    if (last && last.worker !== worker && last.isRecent && last.contentHash !== null && last.problem === null)
      return false;
    if (last?.problem === seen.problem) return markSeen(db, worker, last.problem);
    await saveObservation(db, { key: DBT_PROJECT_KEY, worker, seen });
    return true;
  }
  const { contentHash, outdated } = seen.loaded;
  if (last?.contentHash === contentHash && last.outdated === outdated && last.problem === null)
    return markSeen(db, worker, null);
  await saveObservation(db, { key: DBT_PROJECT_KEY, worker, seen: { value: seen.loaded } });
  return true;
}

/** By the database: the graph itself may be megabytes. */
async function readPublished(db: Db): Promise<Published | undefined> {
  const rows = await db.$queryRaw<Published[]>`
    select worker, problem, value->>'contentHash' as "contentHash", value->>'outdated' as outdated,
      checked_at > now() - ${RECENT_MS} * interval '1 millisecond' as "isRecent"
    from backcourt.observation where key = ${DBT_PROJECT_KEY}`;
  return rows[0];
}

async function markSeen(db: Db, worker: string, problem: string | null): Promise<false> {
  await db.$executeRaw`
    update backcourt.observation
    set worker = ${worker}, checked_at = now(),
      observed_at = case when ${problem}::text is null then now() else observed_at end
    where key = ${DBT_PROJECT_KEY}`;
  return false;
}
