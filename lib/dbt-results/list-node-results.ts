import { type DbtNodeResult, dbtNodeResultSchema } from "@/lib/contracts/run-kinds/dbt";
import type { Db } from "@/lib/db";

/** Earlier runs of a node that count for how long it usually takes. */
const COUNTED = 10;

/**
 * The nodes of a build so far, in the order in which dbt started them, each beside its own history: the median
 * seconds of its last ten runs before this one, full refreshes apart. To a test a full refresh means nothing.
 */
export async function listNodeResults(db: Db, runId: string): Promise<DbtNodeResult[]> {
  const rows = await db.$queryRaw<DbtNodeResult[]>`
    select r.unique_id as "uniqueId", r.name, r.type, r.status,
      to_char(r.started_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startedAt",
      r.seconds, r.rows::float8 as rows, r.message, r.compiled_sql is not null as "hasSql",
      usual.seconds as "usualSeconds"
    from backcourt.dbt_node_result r
    left join lateral (
      select percentile_cont(0.5) within group (order by earlier.seconds) as seconds
      from (
        select h.seconds
        from backcourt.dbt_node_result h
        where h.unique_id = r.unique_id and h.run_id < r.run_id and h.seconds is not null
          and (h.full_refresh = r.full_refresh or h.type in ('test', 'unit_test'))
          and (h.status in ('success', 'pass', 'warn') or (h.status = 'fail' and h.type in ('test', 'unit_test')))
        order by h.run_id desc
        limit ${COUNTED}) as earlier) as usual on true
    where r.run_id = ${runId}::uuid
    order by r.position, r.unique_id`;
  return dbtNodeResultSchema.array().parse(rows);
}
