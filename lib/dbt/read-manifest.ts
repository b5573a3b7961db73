import { DBT_NODE_TYPES, type DbtNode, type DbtNodeType, type DbtProject } from "@/lib/contracts/dbt";
import { AppError } from "@/lib/errors";
import { type Manifest, type ManifestNode, manifestSchema, NODE_COLLECTIONS } from "./manifest-schema";
import { parseSelector } from "./parse-selector";

/** What a bare name finds, when dbt looks for it: everything but sources. Of these, what a person may name. */
const SELECTABLE = new Set<DbtNodeType>(["model", "seed", "snapshot", "test", "unit_test", "function"]);
const BUILT = new Set<DbtNodeType>(["model", "seed", "snapshot", "function"]);
const IN_A_SCHEMA = new Set<DbtNodeType>([...BUILT, "source"]);

/**
 * Reads the text of a `manifest.json`: the nodes of dbt's graph, disabled ones left out, tests with the
 * layer and folder of what they test.
 * @throws AppError `invalid-request` that says what is wrong with it
 */
export function readManifest(text: string): DbtProject {
  const manifest = parseManifest(text);
  const nodes = NODE_COLLECTIONS.flatMap((collection) => manifest[collection]).flatMap(toNode);
  return {
    projectName: manifest.metadata.project_name || firstPackage(nodes),
    dbtVersion: manifest.metadata.dbt_version,
    generatedAt: toMoment(manifest.metadata.generated_at),
    defaultSelector:
      Object.entries(manifest.selectors).find(([, { default: is }]) => is === true)?.[0] ?? null,
    nodes: placeTests(nodes),
  };
}

function parseManifest(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError(
      "invalid-request",
      "dbt's manifest.json is not valid JSON: it is cut off or damaged.",
      {
        cause,
      },
    );
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError(
    "invalid-request",
    `dbt's manifest.json is not one that Backcourt understands: ${issue?.path.join(".")}: ${issue?.message}.`,
    { cause: parsed.error },
  );
}

function toNode(raw: ManifestNode): DbtNode[] {
  const type = DBT_NODE_TYPES.find((known) => known === raw.resource_type);
  if (type === undefined || raw.config?.enabled === false) return [];
  const version = type === "model" && raw.version != null ? String(raw.version) : null;
  const name = version === null ? raw.name : `${raw.name}.v${version}`;
  const materialized = raw.config?.materialized ?? null;
  const dependsOn = [...new Set(raw.depends_on?.nodes)];
  const schema = IN_A_SCHEMA.has(type) ? (raw.schema ?? null) : null;
  const isEmpty = type !== "seed" && raw.raw_code != null && raw.raw_code.trim() === "";
  const isEphemeral = materialized === "ephemeral";
  const isTest = type === "test" || type === "unit_test";
  return [
    {
      uniqueId: raw.unique_id,
      name,
      type,
      packageName: raw.package_name,
      fqn: raw.fqn,
      version,
      schema,
      relation: schema === null || isEphemeral ? null : (raw.identifier ?? raw.alias ?? raw.name),
      layer: layerOf(schema),
      folder: folderOf(raw, type),
      file: raw.original_file_path ?? "",
      materialized: BUILT.has(type) ? materialized : null,
      tags: [raw.tags ?? raw.config?.tags ?? []].flat(),
      description: raw.description ?? "",
      dependsOn,
      tests: isTest ? (raw.attached_node ? [raw.attached_node] : dependsOn) : [],
      severity: type === "test" ? (raw.config?.severity?.toLowerCase() === "warn" ? "warn" : "error") : null,
      runs: (BUILT.has(type) || isTest) && !isEphemeral && !isEmpty,
      selectable: SELECTABLE.has(type) && parseSelector(name)?.name === name,
    },
  ];
}

/** Schemas are called `silver`, or by dbt's default `public_silver`. */
function layerOf(schema: string | null): string {
  if (schema === null) return "other";
  return /(?:^|_)(bronze|silver|gold)$/i.exec(schema)?.[1]?.toLowerCase() ?? schema;
}

function folderOf(raw: ManifestNode, type: DbtNodeType): string[] {
  if (type === "source") return raw.fqn.slice(1, -1);
  const path = (raw.path ?? "").split("/");
  const file = (raw.original_file_path ?? "").split("/").at(-1);
  return path.at(-1) === file ? path.slice(0, -1) : [];
}

/** Tests lie where what they test lies: their own schema and file say nothing of it. */
function placeTests(nodes: readonly DbtNode[]): DbtNode[] {
  const byId = new Map(nodes.map((node) => [node.uniqueId, node]));
  return nodes.map((node) => {
    const tested = node.tests.map((id) => byId.get(id)).find((found) => found !== undefined);
    return tested ? { ...node, layer: tested.layer, folder: tested.folder } : node;
  });
}

/** Manifests of dbt before 1.6 do not name their project. */
function firstPackage(nodes: readonly DbtNode[]): string {
  return nodes.find(({ type }) => type === "model")?.packageName ?? "dbt";
}

function toMoment(text: string | null | undefined): string | null {
  const moment = new Date(text ?? "");
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
