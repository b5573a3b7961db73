import { describe, expect, test } from "vitest";
import { groupModels, listedModels, readSearch, searchNodes, selectorFor } from "./group-models";
import { nodeOf } from "./project-fixture";

const PROJECT = [
  nodeOf("standings", { layer: "gold", folder: ["marts"], tags: ["nightly"] }),
  nodeOf("fact_boxscores", { folder: ["facts"] }),
  nodeOf("fact_pbp_data", { folder: ["facts"] }),
  nodeOf("int_standings", { folder: ["intermediate", "standings"] }),
  nodeOf("players", { layer: "bronze", type: "source", selectable: false }),
  nodeOf("team_names", { type: "seed", layer: "other" }),
  nodeOf("dim_dates", { layer: "calendar" }),
  nodeOf("unique_standings_team", { type: "test", layer: "gold", folder: ["marts"] }),
];

test("models are listed without sources and tests", () => {
  expect(listedModels(PROJECT).map(({ name }) => name)).not.toContain("unique_standings_team");
  expect(listedModels(PROJECT).map(({ name }) => name)).not.toContain("players");
  expect(listedModels(PROJECT)).toHaveLength(6);
});

test("groups follow the data: bronze, silver, gold, other schemas, and what has none", () => {
  const groups = groupModels(listedModels(PROJECT));
  expect(groups.map(({ layer, folder, nodes }) => [layer, folder, nodes.map(({ name }) => name)])).toEqual([
    ["silver", "facts", ["fact_boxscores", "fact_pbp_data"]],
    ["silver", "intermediate/standings", ["int_standings"]],
    ["gold", "marts", ["standings"]],
    ["calendar", "", ["dim_dates"]],
    ["other", "", ["team_names"]],
  ]);
});

describe("search", () => {
  test.each<[string, string[]]>([
    ["standings", ["standings", "unique_standings_team", "int_standings"]],
    ["fact", ["fact_boxscores", "fact_pbp_data"]],
    ["FACT box", ["fact_boxscores"]],
    ["intermediate/standings", ["int_standings"]],
    ["nightly", ["standings"]],
    ["gold", ["standings", "unique_standings_team"]],
    ["2+fact_box+", ["fact_boxscores"]],
    ["nothing_like_it", []],
    ["  ", PROJECT.map(({ name }) => name)],
  ])("%s", (text, names) => {
    const nodes = searchNodes(PROJECT, readSearch(text)).filter(
      ({ type }) => text.trim() === "" || type !== "source",
    );
    expect(new Set(nodes.map(({ name }) => name))).toEqual(new Set(names));
  });

  test("the very name comes first, then what begins with it", () => {
    const found = searchNodes(PROJECT, readSearch("standings")).map(({ name }) => name);
    expect(found[0]).toBe("standings");
  });

  test.each([
    ["fact_box", "fact_boxscores"],
    ["fact_box+", "fact_boxscores+"],
    ["+fact_box+2", "+fact_boxscores+2"],
    ["fact box", "fact_boxscores"],
  ])("Enter after %s adds %s", (text, selector) => {
    const search = readSearch(text);
    const [first] = searchNodes(PROJECT, search);
    expect(first && selectorFor(first, search)).toBe(selector);
  });
});
