import { readTeamDirectory, type TeamDirectory } from "./team-directory";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";
import { readWarehouseShape, type WarehouseShape } from "./warehouse-shape";

/** Tables seldom come and go, and looking them up on each request would cost as much as a small statement. */
const SHAPE_TTL_MS = 60_000;

/** What has to be known of the warehouse before anything in it can be measured. */
export type WarehouseView = { shape: WarehouseShape; teams: TeamDirectory };

export type ViewCache<View> = {
  /**
   * Does `work` with what was seen of the warehouse; when a table, column or grant turns out to have gone meanwhile,
   * looks again and does it once more.
   */
  withView<Result>(work: (view: View) => Promise<Result>): Promise<Result>;
};
export type ShapeCache = ViewCache<WarehouseView>;

/** Looks at the warehouse's tables and teams. @throws WarehouseError */
export async function lookAtWarehouse(pool: WarehousePool): Promise<WarehouseView> {
  const shape = await readWarehouseShape(pool);
  return { shape, teams: await readTeamDirectory(pool, shape) };
}

/** Keeps what the warehouse looks like, and its teams, for a minute. `now` is the clock. */
export function createShapeCache(pool: WarehousePool, now: () => Date): ShapeCache {
  return createViewCache(() => lookAtWarehouse(pool), now);
}

/** Keeps what `look` sees for a minute. */
export function createViewCache<View>(look: () => Promise<View>, now: () => Date): ViewCache<View> {
  let cached: { view: Promise<View>; until: number } | null = null;

  function current(): Promise<View> {
    if (cached && now().getTime() < cached.until) return cached.view;
    const view = look();
    const entry = { view, until: now().getTime() + SHAPE_TTL_MS };
    cached = entry;
    view.catch(() => {
      if (cached === entry) cached = null;
    });
    return view;
  }

  return {
    async withView(work) {
      try {
        return await work(await current());
      } catch (error) {
        if (!isDrift(error)) throw error;
        cached = null;
        return work(await current());
      }
    },
  };
}

/** A build that makes a table anew may change its columns, and takes its grants with it. */
function isDrift(error: unknown): boolean {
  return error instanceof WarehouseError && (error.isUnknownObject || error.reason === "refused");
}
