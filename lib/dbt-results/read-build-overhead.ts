import type { Db } from "@/lib/db";

/** Builds that are looked at. */
const COUNTED = 10;

/**
 * Seconds that a build takes beside its nodes, dbt's start and the measurements: the median of the last ten
 * that ran to their end. Null without any.
 */
export async function readBuildOverhead(db: Db): Promise<number | null> {
  const [found] = await db.$queryRaw<{ seconds: number | null }[]>`
    select percentile_cont(0.5) within group (order by overhead) as seconds
    from (
      select greatest(0, extract(epoch from r.finished_at - r.started_at) - extract(epoch from
          max(n.started_at + n.seconds * interval '1 second') - min(n.started_at)))::float8 as overhead
      from (
        select id, started_at, finished_at from backcourt.run
        where kind = 'dbt' and state in ('succeeded', 'partly', 'no_effect', 'failed')
        order by id desc limit ${COUNTED}) as r
      join backcourt.dbt_node_result n on n.run_id = r.id and n.seconds is not null
      group by r.id, r.started_at, r.finished_at) as builds`;
  return found?.seconds ?? null;
}
