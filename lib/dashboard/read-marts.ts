import { z } from "zod";
import type { RestartDue } from "@/lib/contracts/dashboard";
import { momentOf } from "@/lib/warehouse/moment-column";
import type { WarehousePool } from "@/lib/warehouse/warehouse-pool";

/** When each mart was last built, and which could not be asked. */
export type MartTimes = {
  marts: { name: string; builtAt: string }[];
  notCompared: RestartDue["notCompared"];
};

const STAMP = "__created_at";
const NEVER_MARTS = ["feature_flags"];

const relationRow = z.object({
  name: z.string(),
  is_table: z.boolean(),
  readable: z.boolean(),
  stamp_type: z.string().nullable(),
});
const builtRow = z.object({ name: z.string(), built_at: z.number().nullable() });

const RELATIONS = `
select c.relname::text as name, c.relkind in ('r', 'p') as is_table,
  has_schema_privilege('gold', 'usage') and has_table_privilege(c.oid, 'select') as readable,
  format_type(a.atttypid, null) as stamp_type
from pg_class c
join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'gold'
left join pg_attribute a on a.attrelid = c.oid and a.attname = '${STAMP}' and not a.attisdropped
where c.relkind in ('r', 'p', 'v', 'm', 'f')
order by c.relname`;

/**
 * Reads when the marts of `gold` were built. Without `wanted` these are all base tables that tell it.
 * @param wanted table names within gold; a name that cannot be compared is listed with why
 * @throws WarehouseError
 */
export async function readMartTimes(
  pool: Pick<WarehousePool, "query">,
  wanted: readonly string[] | null,
): Promise<MartTimes> {
  const relations = await pool.query({ tables: ["the catalogue"], text: RELATIONS }, relationRow);
  const known = new Map(relations.map((relation) => [relation.name, relation]));
  const names = wanted ?? relations.filter(isMart).map(({ name }) => name);
  const notCompared = names.flatMap((name) => {
    const why = whyNot(known.get(name));
    return why === null ? [] : [{ name: `gold.${name}`, why }];
  });
  const usable = names.filter((name) => whyNot(known.get(name)) === null);
  if (usable.length === 0) return { marts: [], notCompared };
  const built = await pool.query(
    {
      tables: usable.map((name) => `gold.${name}`),
      text: usable
        .map(
          (name, index) =>
            `select $${index + 1}::text as name, ${momentOf(`max(${STAMP})`)} as built_at from gold.${quote(name)}`,
        )
        .join(" union all "),
      values: usable,
    },
    builtRow,
  );
  return {
    marts: built.flatMap(({ name, built_at }) =>
      built_at === null ? [] : [{ name: `gold.${name}`, builtAt: new Date(built_at).toISOString() }],
    ),
    notCompared: [
      ...notCompared,
      ...built.flatMap(({ name, built_at }) =>
        built_at === null ? [{ name: `gold.${name}`, why: "it is empty" }] : [],
      ),
    ],
  };
}

type Relation = z.infer<typeof relationRow>;

function isMart(relation: Relation): boolean {
  return whyNot(relation) === null && !NEVER_MARTS.includes(relation.name);
}

/** Views compute the stamp on reading: it says nothing about when their data were made. */
function whyNot(relation: Relation | undefined): string | null {
  if (!relation) return "there is no such table";
  if (!relation.is_table) return "it is a view, which is always as new as the question";
  if (!relation.stamp_type?.startsWith("timestamp")) return `it has no ${STAMP}`;
  return relation.readable ? null : "the console's role may not read it";
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
