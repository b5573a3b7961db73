import { z } from "zod";
import type { ForeignBuild } from "@/lib/contracts/dbt";
import type { WarehousePool } from "@/lib/warehouse/warehouse-pool";

/** dbt's own name for its sessions, unless a profile says otherwise; those of our runs are named after the run. */
const DBT_SESSION = "dbt";

const rowSchema = z.object({
  sessions: z.number(),
  since: z.date().nullable(),
  users: z.array(z.string()),
});

/**
 * The dbt sessions in the warehouse that are not ours: the scheduled build, or somebody's own; null when there
 * are none. Names and users of sessions are shown to every role, their start only to the same or a monitoring one.
 * @throws WarehouseError when the warehouse does not answer
 */
export async function findForeignBuild(
  warehouse: Pick<WarehousePool, "query">,
): Promise<ForeignBuild | null> {
  const [found] = await warehouse.query(
    {
      tables: ["pg_stat_activity"],
      text: `
        select count(*)::int as sessions, min(backend_start) as since,
          coalesce(array_agg(distinct usename::text order by usename::text) filter (where usename is not null), '{}') as users
        from pg_stat_activity
        where application_name = $1 and datname = current_database()`,
      values: [DBT_SESSION],
    },
    rowSchema,
  );
  if (!found || found.sessions === 0) return null;
  return { ...found, since: found.since?.toISOString() ?? null };
}
