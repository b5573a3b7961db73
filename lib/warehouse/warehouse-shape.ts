import { z } from "zod";
import type { WarehouseNotice } from "@/lib/contracts/coverage";
import { type DateColumn, dateKindOf } from "./date-column";
import { grantMessage } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

/** What coverage is read from: where it lies, and which columns it cannot do without. */
const SOURCES = {
  schedule: {
    table: "bronze.bbref_league_schedule",
    date: "proper_date",
    required: ["away_team", "home_team"],
    optional: ["start_time", "modified_at"],
    without: "no season can be shown",
  },
  boxscores: {
    table: "bronze.bbref_player_boxscores",
    date: "date",
    required: ["team"],
    optional: ["opponent", "location", "modified_at", "pts"],
    without: "box scores count as absent",
  },
  pbp: {
    table: "bronze.bbref_player_pbp",
    date: "date",
    required: ["hometeam", "awayteam"],
    optional: ["modified_at"],
    without: "plays count as absent",
  },
  silverBoxscores: {
    table: "silver.fact_boxscores",
    date: "game_date",
    required: ["team"],
    optional: ["modified_at"],
    without: "box scores are judged by bronze alone",
  },
  silverPbp: {
    table: "silver.fact_pbp_data",
    date: "game_date",
    required: ["home_team", "away_team"],
    optional: [],
    without: "plays are judged by bronze alone",
  },
} as const satisfies Record<string, SourceSpec>;

/** Tables without game dates that the console also asks. */
const LOOKUPS = {
  teams: {
    table: "bronze.internal_team_attributes",
    date: null,
    required: ["team", "team_acronym"],
    optional: ["primary_color"],
    without: "the built-in names of the 30 teams are used",
  },
  flags: {
    table: "gold.feature_flags",
    date: null,
    required: ["flag", "is_enabled"],
    optional: ["modified_at"],
    without: "a flag that is off cannot be told before a backfill",
  },
} as const satisfies Record<string, SourceSpec>;

type SourceSpec = {
  table: string;
  date: string | null;
  required: readonly string[];
  optional: readonly string[];
  /** What it means when the table is not there, for the notice. */
  without: string;
};

export type SourceName = keyof typeof SOURCES;
export type LookupName = keyof typeof LOOKUPS;

export type LookupShape = {
  table: string;
  /** The optional columns that exist. */
  columns: ReadonlySet<string>;
};

export type SourceShape = LookupShape & {
  date: DateColumn;
  /** Leading columns of each usable index. */
  indexes: readonly (readonly string[])[];
  /** True when its rows have a place (`ctid`), by which they can be sampled and found again: a table, PostgreSQL 14 or later. */
  hasPlaces: boolean;
};

/** What the warehouse looks like; a source is null when it is absent, unreadable, or lacks a needed column. */
export type WarehouseShape = {
  sources: Record<SourceName, SourceShape | null>;
  lookups: Record<LookupName, LookupShape | null>;
  notices: WarehouseNotice[];
};

const BRONZE: readonly SourceName[] = ["schedule", "boxscores", "pbp"];

const relationRow = z.object({
  table: z.string(),
  kind: z.string(),
  readable: z.boolean(),
  has_hashtid: z.boolean(),
  columns: z.record(z.string(), z.string()),
  indexes: z.array(z.array(z.string())),
});
export type Relation = z.infer<typeof relationRow>;

// Partial, invalid and expression indexes are left out: they would promise more than they serve.
const RELATIONS = `
select n.nspname || '.' || c.relname as table, c.relkind::text as kind,
  has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as readable,
  current_setting('server_version_num')::int >= 140000 as has_hashtid,
  (select coalesce(jsonb_object_agg(a.attname, format_type(a.atttypid, a.atttypmod)), '{}')
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
  (select coalesce(jsonb_agg(
      (select jsonb_agg(a.attname order by k.position)
        from unnest(i.indkey::int2[]) with ordinality as k(attnum, position)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum where k.position <= i.indnkeyatts)), '[]')
    from pg_index i join pg_class x on x.oid = i.indexrelid join pg_am m on m.oid = x.relam
    where i.indrelid = c.oid and i.indisvalid and i.indpred is null and i.indexprs is null and m.amname = 'btree'
  ) as indexes
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname || '.' || c.relname = any($1::text[])`;

/**
 * Looks at which of the pipeline's tables exist, how they are typed and indexed, and what is lacking.
 * A bronze table that the role may not read is left for the reading itself to be refused.
 * @throws WarehouseError
 */
export async function readWarehouseShape(pool: WarehousePool): Promise<WarehouseShape> {
  const specs: SourceSpec[] = [...Object.values(SOURCES), ...Object.values(LOOKUPS)];
  const relations = await readRelations(
    pool,
    specs.map((spec) => spec.table),
  );
  const notices: WarehouseNotice[] = [];
  const shapeOf = (spec: SourceSpec, mustRead: boolean) =>
    lookupShape(spec, relations.get(spec.table), pool.role, mustRead, notices);
  const sources = mapValues(SOURCES, (spec, name) => {
    const relation = relations.get(spec.table);
    const shape = shapeOf(spec, BRONZE.includes(name));
    return shape && relation ? sourceShape(spec, shape, relation, notices) : null;
  });
  const lookups = mapValues(LOOKUPS, (spec) => shapeOf(spec, false));
  if (sources.pbp && !servesGameLookups(sources.pbp))
    notices.push({
      code: "no-index",
      message: `${sources.pbp.table} has no index on (hometeam, awayteam, date): every look at the calendar reads its rows of the whole season.`,
    });
  return { sources, lookups, notices };
}

/** Looks up tables and views in the catalogue, by name; those that do not exist are absent. @throws WarehouseError */
export async function readRelations(
  pool: WarehousePool,
  tables: readonly string[],
): Promise<ReadonlyMap<string, Relation>> {
  const found = await pool.query(
    { tables: ["the catalogue"], text: RELATIONS, values: [tables] },
    relationRow,
  );
  return new Map(found.map((relation) => [relation.table, relation]));
}

/** True when an index finds the plays of one game at once. */
export function servesGameLookups(pbp: SourceShape): boolean {
  return pbp.indexes.some(
    ([first, second, third]) =>
      third === pbp.date.name && [first, second].sort().join() === ["awayteam", "hometeam"].join(),
  );
}

/** True when an index leads with `columns`, in this order. */
export function hasIndexOn(source: SourceShape, ...columns: string[]): boolean {
  return source.indexes.some((index) => columns.every((column, position) => index[position] === column));
}

/** True when some index holds `column`, in whatever place. */
export function hasIndexWith(source: SourceShape, column: string): boolean {
  return source.indexes.some((index) => index.includes(column));
}

function lookupShape(
  spec: SourceSpec,
  relation: Relation | undefined,
  role: string,
  mustRead: boolean,
  notices: WarehouseNotice[],
): LookupShape | null {
  if (!relation) {
    notices.push({ code: "missing-table", message: `${spec.table} does not exist: ${spec.without}.` });
    return null;
  }
  if (!relation.readable && !mustRead) {
    const grant = grantMessage({ tables: [spec.table], role });
    notices.push({ code: "missing-table", message: `${grant} Until then ${spec.without}.` });
    return null;
  }
  const lacking = spec.required.filter((column) => !(column in relation.columns));
  if (lacking.length > 0) {
    notices.push({
      code: "missing-column",
      message: `${spec.table} has no column ${lacking.join(", ")}: ${spec.without}.`,
    });
    return null;
  }
  const usable = spec.optional.filter((column) => isUsable(column, relation.columns[column]));
  const unusable = spec.optional.filter((column) => !usable.includes(column));
  if (unusable.length > 0)
    notices.push({
      code: "missing-column",
      message: `${spec.table} has no usable column ${unusable.join(", ")}: what hangs on it is left out.`,
    });
  return { table: spec.table, columns: new Set(usable) };
}

function sourceShape(
  spec: SourceSpec,
  shape: LookupShape,
  relation: Relation,
  notices: WarehouseNotice[],
): SourceShape | null {
  const name = spec.date ?? "";
  const kind = dateKindOf(relation.columns[name] ?? "");
  if (!kind) {
    notices.push({
      code: "missing-column",
      message: `${spec.table} has no column ${name} that holds dates: ${spec.without}.`,
    });
    return null;
  }
  return {
    ...shape,
    date: { name, kind },
    indexes: relation.indexes,
    hasPlaces: relation.has_hashtid && ["r", "p", "m"].includes(relation.kind),
  };
}

const NUMBER_TYPE = /^(smallint|integer|bigint|real|double precision|numeric)/;

/** A column counts only with a type that the statements can work with. */
function isUsable(column: string, type: string | undefined): boolean {
  if (type === undefined) return false;
  if (column === "modified_at") return type.startsWith("timestamp");
  if (column === "pts") return NUMBER_TYPE.test(type);
  return true;
}

function mapValues<Name extends string, Spec, Shape>(
  specs: Record<Name, Spec>,
  shape: (spec: Spec, name: Name) => Shape,
): Record<Name, Shape> {
  const entries = Object.entries(specs) as [Name, Spec][];
  return Object.fromEntries(entries.map(([name, spec]) => [name, shape(spec, name)])) as Record<Name, Shape>;
}
