import type { DbtNode, DbtProject } from "@/lib/contracts/dbt";

/** A node of a made-up project: a model in silver, but for what `changes` says. */
export function sampleNode(name: string, changes: Partial<DbtNode> = {}): DbtNode {
  const type = changes.type ?? "model";
  return {
    uniqueId: `${type}.nba.${name}`,
    name,
    type,
    packageName: "nba",
    fqn: ["nba", "facts", name],
    version: null,
    schema: "silver",
    relation: name,
    layer: "silver",
    folder: ["facts"],
    file: `models/facts/${name}.sql`,
    materialized: "table",
    tags: [],
    description: "",
    dependsOn: [],
    tests: [],
    severity: null,
    runs: type !== "source",
    selectable: type !== "source",
    ...changes,
  };
}

/** A test of a made-up project's nodes. */
export function sampleTest(name: string, tested: readonly string[]): DbtNode {
  return sampleNode(name, {
    type: "test",
    dependsOn: [...tested],
    tests: [...tested],
    severity: "error",
    materialized: null,
  });
}

/** A project of these nodes. */
export function sampleProject(nodes: DbtNode[]): DbtProject {
  return {
    projectName: "nba",
    dbtVersion: "1.11.0",
    generatedAt: "2026-11-22T12:02:00.000Z",
    defaultSelector: null,
    nodes,
  };
}

/** Sources, the runbook's three facts, a mart, and a test: what the built-in presets need. */
export function sampleRunbookProject(): DbtProject {
  const facts = ["fact_boxscores", "fact_pbp_data", "fact_schedule_data"].map((name) =>
    sampleNode(name, { materialized: "incremental", dependsOn: ["source.nba.box_scores"] }),
  );
  const mart = sampleNode("standings", {
    layer: "gold",
    schema: "gold",
    dependsOn: facts.map(({ uniqueId }) => uniqueId),
  });
  return sampleProject([
    sampleNode("box_scores", { type: "source", layer: "bronze" }),
    ...facts,
    mart,
    sampleTest("unique_fact_boxscores_player", ["model.nba.fact_boxscores"]),
  ]);
}
