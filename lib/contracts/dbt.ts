import { z } from "zod";
import { parseSelector } from "@/lib/dbt/parse-selector";

/** Under which workers publish the dbt project that they see, and announce that it has changed. */
export const DBT_PROJECT_KEY = "dbt-project";

/** What stands in a dbt project's graph; `test` is a data test. */
export const DBT_NODE_TYPES = [
  "model",
  "seed",
  "snapshot",
  "test",
  "unit_test",
  "function",
  "source",
  "exposure",
  "metric",
  "semantic_model",
  "saved_query",
  "analysis",
  "operation",
] as const;
export const dbtNodeTypeSchema = z.enum(DBT_NODE_TYPES);
export type DbtNodeType = z.infer<typeof dbtNodeTypeSchema>;

export const dbtNodeSchema = z.object({
  /** `model.nba_elt.fact_boxscores` */
  uniqueId: z.string(),
  /** What a selector writes: `fact_boxscores`, and `dim_teams.v2` for one version of a model. */
  name: z.string(),
  type: dbtNodeTypeSchema,
  packageName: z.string(),
  /** The name by which dbt matches selectors: package, folders, name. */
  fqn: z.array(z.string()),
  /** The version of a versioned model, else null. */
  version: z.string().nullable(),
  /** The database schema; null for what builds no relation. */
  schema: z.string().nullable(),
  /** The table's or view's name in that schema; null for what builds no relation. */
  relation: z.string().nullable(),
  /** `bronze`, `silver` or `gold` where the schema says so, else the schema's name, or `other`; a test has its node's. */
  layer: z.string(),
  /** Folders below the models' (tests', seeds' ...) own: `["marts", "standings"]`. */
  folder: z.array(z.string()),
  /** The defining file, relative to the project: `models/marts/standings.sql`. */
  file: z.string(),
  /** `table`, `view`, `incremental`, `ephemeral`, ...; null for what is not materialised. */
  materialized: z.string().nullable(),
  tags: z.array(z.string()),
  description: z.string(),
  /** Ids of the nodes before it, sources included. */
  dependsOn: z.array(z.string()),
  /** Of a test: the nodes that it tests. Empty for all else. */
  tests: z.array(z.string()),
  /** Of a data test: whether its failure ends in an error or a warning. Null for all else. */
  severity: z.enum(["error", "warn"]).nullable(),
  /** Whether `dbt build` starts it when selected: not sources, ephemeral or empty models, exposures, ... */
  runs: z.boolean(),
  /** Whether a selector can name it: dbt finds sources by another syntax, and odd names not at all. */
  selectable: z.boolean(),
});
export type DbtNode = z.infer<typeof dbtNodeSchema>;

/** A dbt project's graph, as its manifest tells it. */
export const dbtProjectSchema = z.object({
  projectName: z.string(),
  dbtVersion: z.string(),
  /** When dbt wrote the manifest; null where it does not say. */
  generatedAt: z.iso.datetime().nullable(),
  /** The selector of the project's `selectors.yml` that `dbt build` takes when none is given; mostly null. */
  defaultSelector: z.string().nullable(),
  nodes: z.array(dbtNodeSchema),
});
export type DbtProject = z.infer<typeof dbtProjectSchema>;

/** `fact_boxscores`, `fact_boxscores+`, `+x`, `2+x+1`: a name with `+` or `n+` and nothing else. */
export const dbtSelectorSchema = z.string().refine((text) => parseSelector(text) !== null, {
  error:
    "is not a selection: write the name of a model, seed, snapshot or test, with + or a number and + before or after it, for example fact_boxscores+",
});

/** An empty list is the whole project. */
export const dbtSelectorsSchema = z
  .array(dbtSelectorSchema)
  .max(300, { error: "are more than 300 selections" })
  .refine((selectors) => new Set(selectors).size === selectors.length, { error: "names a selection twice" });

export const dbtPresetSchema = z.object({
  /** A UUID; `built-in:...` for the runbook's own, which cannot be deleted. */
  id: z.string(),
  name: z.string(),
  /** Empty for the whole project. */
  selectors: z.array(z.string()),
  fullRefresh: z.boolean(),
  builtIn: z.boolean(),
  /** Why it cannot be used with the project as it is now; null when it can. */
  unavailable: z.string().nullable(),
  /** Null for the built-in ones. */
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime().nullable(),
});
export type DbtPreset = z.infer<typeof dbtPresetSchema>;

/** The runbook's three commands. */
export const BUILT_IN_PRESETS = [
  {
    id: "built-in:after-backfill",
    name: "After a backfill",
    selectors: ["fact_boxscores+", "fact_pbp_data+"],
    fullRefresh: false,
  },
  {
    id: "built-in:schedule",
    name: "Schedule, rebuilt",
    selectors: ["fact_schedule_data+"],
    fullRefresh: true,
  },
  { id: "built-in:everything", name: "Everything, rebuilt", selectors: [], fullRefresh: true },
] as const satisfies readonly Pick<DbtPreset, "id" | "name" | "selectors" | "fullRefresh">[];

/** `POST /api/dbt/presets` -> 201 DbtPreset; 409 for a name that is taken. */
export const createDbtPresetRequestSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, { error: "needs a name" })
    .max(60, { error: "is longer than 60 characters" })
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, { error: "holds characters that cannot be shown" }),
  selectors: dbtSelectorsSchema,
  fullRefresh: z.boolean(),
});
export type CreateDbtPresetRequest = z.infer<typeof createDbtPresetRequestSchema>;

/** `DELETE /api/dbt/presets/[id]` */
export const deletedDbtPresetSchema = z.object({ id: z.string() });

const usualTimeSchema = z.object({
  medianSeconds: z.number(),
  /** Of how many successful runs, 10 at most. */
  runs: z.number(),
});
export type UsualTime = z.infer<typeof usualTimeSchema>;

/** How long a node usually takes; null where it has not succeeded that way yet. */
export const dbtUsualTimesSchema = z.object({
  normal: usualTimeSchema.nullable(),
  fullRefresh: usualTimeSchema.nullable(),
});
export type DbtUsualTimes = z.infer<typeof dbtUsualTimesSchema>;

/** Sessions named `dbt` in the warehouse that are not ours: the scheduled build, or somebody's own. */
export const foreignBuildSchema = z.object({
  /** How many sessions. */
  sessions: z.number(),
  /** When the oldest of them connected; null where the console's role may not see it. */
  since: z.iso.datetime().nullable(),
  /** Their database users, each once. */
  users: z.array(z.string()),
});
export type ForeignBuild = z.infer<typeof foreignBuildSchema>;

/** `GET /api/dbt` */
export const dbtStatusSchema = z.object({
  /** The last graph that a worker could read; null while there is none. */
  project: dbtProjectSchema.nullable(),
  /** Why there is none, or why the one shown is not the newest, and what to do; null when all is well. */
  problem: z.string().nullable(),
  /** When a worker last looked; null when none has. */
  observedAt: z.iso.datetime().nullable(),
  /** The worker that looked. */
  worker: z.string().nullable(),
  /** True when no worker has looked for several minutes, or `project` is older than `problem`. */
  stale: z.boolean(),
  foreignBuild: foreignBuildSchema.nullable(),
  /** Why it is not known whether a foreign build is on; null when it is known. */
  foreignBuildUnknown: z.string().nullable(),
  /** The built-in ones first, then the saved ones by name. */
  presets: z.array(dbtPresetSchema),
  /** By unique id; a node without history is absent. */
  usualTimes: z.record(z.string(), dbtUsualTimesSchema),
});
export type DbtStatus = z.infer<typeof dbtStatusSchema>;
