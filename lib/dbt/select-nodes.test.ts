import { describe, expect, it } from "vitest";
import type { AppError } from "@/lib/errors";
import { createDbtGraph } from "./dbt-graph";
import { nearestNames } from "./nearest-names";
import { orderNodes } from "./order-nodes";
import { selectNodes } from "./select-nodes";
import { sampleNode, sampleProject, sampleRunbookProject } from "./testing/sample-project";

const graph = createDbtGraph(sampleRunbookProject());

function refusal(selectors: string[]): AppError {
  try {
    selectNodes(graph, selectors);
  } catch (error) {
    return error as AppError;
  }
  throw new Error("nothing was refused");
}

const started = (selectors: string[]) =>
  orderNodes(graph, selectNodes(graph, selectors)).map(({ name }) => name);

// That the function is dbt's own choice is shown in select-nodes.int.test.ts, on dbt itself.
describe("selectNodes", () => {
  it("takes everything for nothing, but starts no source", () => {
    const { selected, runs } = selectNodes(graph, []);
    expect(selected).toContain("source.nba.box_scores");
    expect(runs).not.toContain("source.nba.box_scores");
    expect(runs.size).toBe(5);
  });

  it("takes what comes after, with the tests, and holds a mart up until its fact is tested", () => {
    expect(started(["fact_boxscores+"])).toEqual([
      "fact_boxscores",
      "unique_fact_boxscores_player",
      "standings",
    ]);
    expect(started(["fact_pbp_data"])).toEqual(["fact_pbp_data"]);
    expect(started(["unique_fact_boxscores_player"])).toEqual(["unique_fact_boxscores_player"]);
  });

  it.each([
    ["fact_boxscore+", "The dbt project has nothing named fact_boxscore. Did you mean fact_boxscores?"],
    ["+Fact_Boxscores", "The dbt project has nothing named Fact_Boxscores. Did you mean fact_boxscores?"],
    ["quite_something_else", "The dbt project has nothing named quite_something_else."],
    [
      "box_scores+",
      "box_scores is a source, which dbt reads and does not build. Select what reads it: fact_boxscores, fact_pbp_data or fact_schedule_data.",
    ],
    ["nba", "The dbt project has nothing named nba."],
    ["facts+", "The dbt project has nothing named facts."],
    [
      "path:models",
      '"path:models" is not a selection: only a name, with + or a number and + before or after it, is.',
    ],
    ["", '"" is not a selection: only a name, with + or a number and + before or after it, is.'],
  ])("refuses %j and says why", (selector, message) => {
    expect(refusal([selector])).toMatchObject({ code: "invalid-request", message });
  });

  it("names every selector at fault, by its place", () => {
    expect(refusal(["nosuch", "standings", "--vars"]).fields).toEqual([
      { path: "0", message: "The dbt project has nothing named nosuch." },
      { path: "2", message: expect.stringContaining('"--vars" is not a selection') },
    ]);
  });

  it("counts what is wrong beyond the first five", () => {
    const { message, fields } = refusal(Array.from({ length: 300 }, (_, n) => `nosuch_${n}`));
    expect(fields).toHaveLength(5);
    expect(message).toMatch(/named nosuch_4\. And 295 more\.$/);
  });

  it("survives a damaged manifest whose dependencies go in a circle", () => {
    const circular = createDbtGraph(
      sampleProject([
        sampleNode("a", { dependsOn: ["model.nba.b", "model.nba.not_there"] }),
        sampleNode("b", { dependsOn: ["model.nba.a"] }),
      ]),
    );
    expect(orderNodes(circular, selectNodes(circular, ["+a+"]))).toHaveLength(2);
  });
});

describe("nearestNames", () => {
  const known = ["fact_boxscores", "fact_pbp_data", "fact_schedule_data", "standings", "int_pbp_runs"];
  it.each([
    ["boxscores", ["fact_boxscores"]],
    ["fact_pbp_date", ["fact_pbp_data"]],
    ["standigns", ["standings"]],
    ["pbp", ["fact_pbp_data", "int_pbp_runs"]],
    ["zzz", []],
  ])("for %s", (name, expected) => {
    expect(nearestNames(name, known)).toEqual(expected);
  });
});
