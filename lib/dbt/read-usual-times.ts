import type { DbtUsualTimes } from "@/lib/contracts/dbt";
import type { DbOrTransaction } from "@/lib/db";

/** Successful runs of a node that count. */
const COUNTED = 10;
/** Builds that are looked through for them. */
const BUILDS = 200;

type Row = { uniqueId: string; fullRefresh: boolean; medianSeconds: number; runs: number };

/**
 * How long each node usually takes, by unique id: the median seconds of its last ten successful runs, those of
 * full refreshes apart, since an incremental model's two ways differ by orders of magnitude. A test that found
 * something has run as long as one that did not, and counts.
 */
export async function readUsualTimes(db: DbOrTransaction): Promise<Record<string, DbtUsualTimes>> {
  const rows = await db.$queryRaw<Row[]>`
    select unique_id as "uniqueId", full_refresh as "fullRefresh", count(*)::int as runs,
      percentile_cont(0.5) within group (order by seconds) as "medianSeconds"
    from (
      select unique_id, full_refresh, seconds,
        row_number() over (partition by unique_id, full_refresh order by run_id desc) as place
      from backcourt.dbt_node_result
      where run_id in (select id from backcourt.run where kind = 'dbt' order by id desc limit ${BUILDS})
        and seconds is not null
        and (status in ('success', 'pass', 'warn') or (status = 'fail' and type in ('test', 'unit_test')))
    ) as recent
    where place <= ${COUNTED}
    group by unique_id, full_refresh`;
  const times: Record<string, DbtUsualTimes> = {};
  for (const { uniqueId, fullRefresh, medianSeconds, runs } of rows) {
    times[uniqueId] ??= { normal: null, fullRefresh: null };
    times[uniqueId][fullRefresh ? "fullRefresh" : "normal"] = { medianSeconds, runs };
  }
  return times;
}
