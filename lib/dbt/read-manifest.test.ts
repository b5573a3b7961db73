import { describe, expect, it } from "vitest";
import { dbtProjectSchema } from "@/lib/contracts/dbt";
import { readManifest } from "./read-manifest";

const model = (name: string, changes: object = {}) => ({
  unique_id: `model.nba.${name}`,
  resource_type: "model",
  name,
  package_name: "nba",
  path: `facts/${name}.sql`,
  original_file_path: `models/facts/${name}.sql`,
  fqn: ["nba", "facts", name],
  schema: "silver",
  alias: name,
  description: "",
  tags: [],
  raw_code: "select 1",
  depends_on: { macros: [], nodes: [] },
  config: { enabled: true, materialized: "table" },
  ...changes,
});

function read(nodes: object[], changes: object = {}) {
  return readManifest(
    JSON.stringify({
      metadata: { dbt_version: "1.11.16", generated_at: "2026-11-22T12:02:03.025529Z", project_name: "nba" },
      nodes: Object.fromEntries(nodes.map((node) => [(node as { unique_id: string }).unique_id, node])),
      ...changes,
    }),
  );
}

describe("readManifest", () => {
  it("tells what the page shows of a model", () => {
    const project = read([
      model("fact_boxscores", { tags: ["nightly"], description: "Every line of a box score." }),
    ]);
    expect(dbtProjectSchema.parse(project)).toEqual({
      projectName: "nba",
      dbtVersion: "1.11.16",
      generatedAt: "2026-11-22T12:02:03.025Z",
      defaultSelector: null,
      nodes: [
        {
          uniqueId: "model.nba.fact_boxscores",
          name: "fact_boxscores",
          type: "model",
          packageName: "nba",
          fqn: ["nba", "facts", "fact_boxscores"],
          version: null,
          schema: "silver",
          relation: "fact_boxscores",
          layer: "silver",
          folder: ["facts"],
          file: "models/facts/fact_boxscores.sql",
          materialized: "table",
          tags: ["nightly"],
          description: "Every line of a box score.",
          dependsOn: [],
          tests: [],
          severity: null,
          runs: true,
          selectable: true,
        },
      ],
    });
  });

  it.each([
    ["silver", "silver"],
    ["dev_jacob_gold", "gold"],
    ["SILVER", "silver"],
    ["quality", "quality"],
    [null, "other"],
  ])("puts the schema %s into the layer %s", (schema, layer) => {
    expect(read([model("x", { schema })]).nodes[0]?.layer).toBe(layer);
  });

  it.each([
    [
      "ephemeral",
      { config: { materialized: "ephemeral" } },
      { runs: false, relation: null, selectable: true },
    ],
    ["empty", { raw_code: " \n" }, { runs: false }],
    ["of an older dbt, without code", { raw_code: undefined }, { runs: true }],
    ["of another name in the database", { alias: "boxscores" }, { relation: "boxscores" }],
    ["of a version", { version: 2 }, { name: "x.v2", version: "2", selectable: true }],
    ["oddly named", { name: "x y" }, { selectable: false, runs: true }],
    ["named like a file", { name: "x.sql" }, { selectable: false }],
  ])("knows a model that is %s", (_what, changes, expected) => {
    expect(read([model("x", changes)]).nodes[0]).toMatchObject(expected);
  });

  it("leaves out what is disabled, and kinds that it does not know", () => {
    const nodes = [
      model("x"),
      model("off", { config: { enabled: false } }),
      model("new", { resource_type: "agent" }),
    ];
    expect(read(nodes).nodes.map(({ name }) => name)).toEqual(["x"]);
  });

  it("puts tests where what they test lies", () => {
    const test = model("unique_x_id", {
      unique_id: "test.nba.unique_x_id.1",
      resource_type: "test",
      schema: "public_dbt_test__audit",
      path: "unique_x_id.sql",
      original_file_path: "models/facts.yml",
      attached_node: "model.nba.x",
      depends_on: { nodes: ["model.nba.y", "model.nba.x", "model.nba.x"] },
      config: { severity: "WARN", materialized: "test" },
    });
    expect(read([model("x"), model("y"), test]).nodes[2]).toMatchObject({
      type: "test",
      layer: "silver",
      folder: ["facts"],
      schema: null,
      relation: null,
      materialized: null,
      dependsOn: ["model.nba.y", "model.nba.x"],
      tests: ["model.nba.x"],
      severity: "warn",
      runs: true,
    });
  });

  it("knows sources, and the project's default selector", () => {
    const source = {
      unique_id: "source.nba.bronze.games",
      resource_type: "source",
      name: "games",
      package_name: "nba",
      schema: "bronze",
      identifier: "bbref_games",
      fqn: ["nba", "staging", "bronze", "games"],
    };
    const { nodes, defaultSelector } = read([], {
      sources: { [source.unique_id]: source },
      selectors: { nightly: { default: true }, hourly: { default: false } },
    });
    expect(defaultSelector).toBe("nightly");
    expect(nodes).toMatchObject([
      {
        type: "source",
        layer: "bronze",
        relation: "bbref_games",
        folder: ["staging", "bronze"],
        runs: false,
        selectable: false,
      },
    ]);
  });

  it.each([
    ["", /not valid JSON: it is cut off or damaged/],
    ['{"metadata": {', /not valid JSON/],
    ["[]", /not one that Backcourt understands/],
    ['{"metadata":{"dbt_version":"1.11"}}', /understands: nodes/],
    ['{"metadata":{},"nodes":{}}', /understands: metadata\.dbt_version/],
    ['{"metadata":{"dbt_version":"1"},"nodes":{"a":{"unique_id":7}}}', /understands: nodes\.a\.unique_id/],
  ])("says what is wrong with %j", (text, message) => {
    expect(() => readManifest(text)).toThrow(message);
  });

  it("reads a manifest of 20 MB", () => {
    const code = "select 1 -- ".padEnd(10_000, "x");
    const names = Array.from({ length: 2_000 }, (_, n) => `model_${n}`);
    const nodes = names.map((name, n) =>
      model(name, { raw_code: code, depends_on: { nodes: n === 0 ? [] : [`model.nba.model_${n - 1}`] } }),
    );
    expect(read(nodes).nodes).toHaveLength(2_000);
  });
});
