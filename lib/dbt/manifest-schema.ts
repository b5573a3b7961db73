import { z } from "zod";

/** What Backcourt reads of dbt's `manifest.json`, of whichever version: everything that may lack has a default. */

const strings = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

const manifestNodeSchema = z.object({
  unique_id: z.string(),
  resource_type: z.string(),
  name: z.string(),
  package_name: z.string().default(""),
  path: z.string().nullish(),
  original_file_path: z.string().nullish(),
  fqn: strings,
  version: z.union([z.string(), z.number()]).nullish(),
  schema: z.string().nullish(),
  alias: z.string().nullish(),
  identifier: z.string().nullish(),
  relation_name: z.string().nullish(),
  description: z.string().nullish(),
  tags: z.union([z.string(), z.array(z.string())]).nullish(),
  raw_code: z.string().nullish(),
  attached_node: z.string().nullish(),
  depends_on: z.object({ nodes: strings }).nullish(),
  config: z
    .object({
      enabled: z.boolean().nullish(),
      materialized: z.string().nullish(),
      severity: z.string().nullish(),
      tags: z.union([z.string(), z.array(z.string())]).nullish(),
    })
    .nullish(),
});
export type ManifestNode = z.infer<typeof manifestNodeSchema>;

const collection = z
  .record(z.string(), manifestNodeSchema)
  .nullish()
  .transform((nodes) => Object.values(nodes ?? {}));

/** In the order in which dbt keeps its collections. */
export const NODE_COLLECTIONS = [
  "nodes",
  "sources",
  "exposures",
  "metrics",
  "unit_tests",
  "semantic_models",
  "saved_queries",
  "functions",
] as const;

export const manifestSchema = z.object({
  metadata: z.object({
    dbt_version: z.string(),
    generated_at: z.string().nullish(),
    project_name: z.string().nullish(),
  }),
  nodes: z.record(z.string(), manifestNodeSchema).transform((nodes) => Object.values(nodes)),
  sources: collection,
  exposures: collection,
  metrics: collection,
  unit_tests: collection,
  semantic_models: collection,
  saved_queries: collection,
  functions: collection,
  selectors: z
    .record(z.string(), z.object({ default: z.unknown() }))
    .nullish()
    .transform((selectors) => selectors ?? {}),
});
export type Manifest = z.infer<typeof manifestSchema>;
