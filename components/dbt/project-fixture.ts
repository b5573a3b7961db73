import type { DbtNode } from "@/lib/contracts/dbt";

/** A node for tests: a silver model at the top of its folder unless told otherwise. */
export function nodeOf(name: string, given: Partial<DbtNode> = {}): DbtNode {
  const { type = "model" } = given;
  return {
    uniqueId: `${type}.nba.${name}`,
    name,
    type,
    packageName: "nba",
    fqn: ["nba", name],
    version: null,
    schema: "silver",
    relation: name,
    layer: "silver",
    folder: [],
    file: `models/${name}.sql`,
    materialized: "table",
    tags: [],
    description: "",
    dependsOn: [],
    tests: [],
    severity: null,
    runs: type !== "source",
    selectable: type !== "source",
    ...given,
  };
}
