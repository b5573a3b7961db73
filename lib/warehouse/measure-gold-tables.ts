import { z } from "zod";
import { momentOf } from "./moment-column";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

/** A base table of gold at one moment. */
export type GoldTable = {
  /** `gold.standings` */
  table: string;
  /** Null for a table that went away while it was looked at, or whose size nobody knows yet. */
  rows: number | null;
  /** True for PostgreSQL's own estimate, where counting would have taken too long. */
  isEstimate: boolean;
  /** Its newest `__created_at`, the time of its last build; null where it has none, or was not counted. */
  builtAt: string | null;
};

/** For all tables together; what is not counted by then is estimated. Marts have some thousand rows: 2 ms each. */
const COUNTING_MS = 4_000;
/** Tables counted at once: the console's connections are shared with its pages. */
const AT_ONCE = 3;

// Views are left out: their __created_at is the moment of reading.
const TABLES = `
select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table,
  case when c.reltuples < 0 then null else c.reltuples::float8 end as estimate,
  exists (
    select from pg_attribute a
    where a.attrelid = c.oid and a.attname = '__created_at' and not a.attisdropped
      and a.atttypid in ('timestamp'::regtype, 'timestamptz'::regtype)) as "isStamped"
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'gold' and c.relkind in ('r', 'p') and not c.relispartition
  and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
order by c.relname`;

const tableRow = z.object({ table: z.string(), estimate: z.number().nullable(), isStamped: z.boolean() });
const countRow = z.object({ rows: z.number(), builtAt: z.number().nullable() });

/**
 * Rows and build time of each base table in gold that the console may read. `clock` gives milliseconds.
 * @throws WarehouseError while a table is being written, or when the warehouse gives no answer
 */
export async function measureGoldTables(pool: WarehousePool, clock: () => number): Promise<GoldTable[]> {
  const waiting = await pool.query({ tables: ["gold"], text: TABLES }, tableRow);
  const counted = new Map<string, GoldTable>();
  const giveUpAt = clock() + COUNTING_MS;
  const lanes = Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      counted.set(next.table, clock() < giveUpAt ? await count(pool, next) : estimated(next));
  });
  await Promise.all(lanes);
  return [...counted.values()].sort((a, b) => a.table.localeCompare(b.table));
}

async function count(pool: WarehousePool, known: z.infer<typeof tableRow>): Promise<GoldTable> {
  const { table, isStamped } = known;
  const newest = isStamped ? momentOf("max(__created_at)") : "null::float8";
  try {
    const [found] = await pool.query(
      { tables: [table], text: `select count(*)::float8 as rows, ${newest} as "builtAt" from ${table}` },
      countRow,
    );
    const builtAt = found?.builtAt ?? null;
    return {
      table,
      rows: found?.rows ?? null,
      isEstimate: false,
      builtAt: builtAt === null ? null : new Date(builtAt).toISOString(),
    };
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    if (error.isUnknownObject) return { table, rows: null, isEstimate: false, builtAt: null };
    if (error.reason === "slow") return estimated(known);
    throw error;
  }
}

function estimated({ table, estimate }: z.infer<typeof tableRow>): GoldTable {
  return { table, rows: estimate === null ? null : Math.round(estimate), isEstimate: true, builtAt: null };
}
