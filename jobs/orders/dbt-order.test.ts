import { describe, expect, it } from "vitest";
import type { JobSettings } from "@/jobs/define-job";
import type { DbtOrder, DbtParams, DbtPreview } from "@/lib/contracts/run-kinds/dbt";
import { createRunsRequestSchema } from "@/lib/contracts/runs";
import { sampleNode, sampleProject, sampleTest } from "@/lib/dbt/testing/sample-project";
import { type BehindDate, type DbtFacts, prepareDbtOrder } from "./dbt-order";

const SETTINGS: JobSettings = {
  ingestion: { command: ["python"], cwd: "/srv/ingestion" },
  dbt: { command: ["uv", "run", "dbt"], cwd: "/srv/dbt", target: "prod" },
  ml: null,
  dashboard: null,
};

const FACT = sampleNode("fact_boxscores", {
  materialized: "incremental",
  dependsOn: ["source.nba.box_scores"],
});
const UNIQUE = sampleTest("boxscores_are_unique", [FACT.uniqueId]);
const MART = sampleNode("standings", { schema: "gold", layer: "gold", dependsOn: [FACT.uniqueId] });
const MART_TEST = sampleTest("unique_standings_team", [MART.uniqueId]);
const PROJECT = sampleProject([
  sampleNode("box_scores", { type: "source", layer: "bronze" }),
  FACT,
  UNIQUE,
  MART,
  MART_TEST,
  sampleNode("blank", { runs: false }),
]);

function behind(date: string, fullRefresh: boolean, change: Partial<BehindDate["build"]> = {}): BehindDate {
  const why = fullRefresh
    ? "It takes a full refresh: the usual build passes over it"
    : "The usual build takes it in";
  return { date, build: { select: [], fullRefresh, why, forAnother: false, ...change } };
}

function facts(overrides: Partial<DbtFacts> = {}): DbtFacts {
  return {
    now: new Date("2026-11-22T20:00:00Z"),
    dailyRun: { fromMinute: 720, toMinute: 750 },
    absentWorkers: null,
    project: PROJECT,
    projectProblem: null,
    foreignBuild: null,
    usualTimes: {},
    overheadSeconds: null,
    behind: [],
    behindProblem: null,
    retried: null,
    ...overrides,
  };
}

function order(params: Partial<DbtParams> = {}, rest: Partial<DbtOrder> = {}): DbtOrder {
  return {
    kind: "dbt",
    params: [{ select: ["fact_boxscores+"], fullRefresh: false, ...params }],
    overrideDailyRun: false,
    ...rest,
  };
}

function prepare(given: DbtOrder, overrides: Partial<DbtFacts> = {}) {
  const prepared = prepareDbtOrder(given, SETTINGS, facts(overrides));
  const [run] = prepared.runs;
  if (!run) throw new Error("no run");
  return { ...prepared, run, details: run.details as DbtPreview };
}

describe("prepareDbtOrder", () => {
  it.each<[string, Partial<DbtParams>, string[], string, string]>([
    [
      "a selection",
      { select: ["fact_boxscores+", "standings", "fact_boxscores+"] },
      ["--select", "fact_boxscores+", "standings"],
      "dbt build of fact_boxscores+ standings",
      "dbt:usual:fact_boxscores+ standings",
    ],
    [
      "the same in another order, rebuilt",
      { select: ["standings", "fact_boxscores+"], fullRefresh: true },
      ["--select", "standings", "fact_boxscores+", "--full-refresh"],
      "dbt full refresh of standings fact_boxscores+",
      "dbt:rebuilt:fact_boxscores+ standings",
    ],
    ["everything", { select: [] }, [], "dbt build of everything", "dbt:usual:"],
    [
      "many",
      { select: ["fact_boxscores", "fact_boxscores+", "+standings", "standings"] },
      ["--select", "fact_boxscores", "fact_boxscores+", "+standings", "standings"],
      "dbt build of fact_boxscores fact_boxscores+ and 2 more",
      "dbt:usual:+standings fact_boxscores fact_boxscores+ standings",
    ],
  ])("makes the exact command of %s, the target last", (_name, params, middle, title, targetKey) => {
    expect(prepare(order(params)).run).toMatchObject({
      argv: ["uv", "run", "dbt", "build", ...middle, "--target", "prod"],
      cwd: "/srv/dbt",
      title,
      targetKey,
      lockKey: "dbt",
      requestCost: 0,
      gameDate: null,
    });
  });

  it("shows each model and test in dbt's order", () => {
    const { nodes, models, tests, everything, confirm } = prepare(order()).details;
    expect(nodes.map(({ name }) => name)).toEqual([
      "fact_boxscores",
      "boxscores_are_unique",
      "standings",
      "unique_standings_team",
    ]);
    expect({ models, tests, everything, confirm }).toEqual({
      models: 2,
      tests: 2,
      everything: false,
      confirm: null,
    });
  });

  it("estimates by the nodes' own history, and what a build takes beside them", () => {
    expect(prepare(order()).details).toMatchObject({ estimateSeconds: null, estimatedFrom: 0 });
    const usual = (medianSeconds: number) => ({ normal: { medianSeconds, runs: 1 }, fullRefresh: null });
    const usualTimes = { [FACT.uniqueId]: usual(10), [UNIQUE.uniqueId]: usual(1), [MART.uniqueId]: usual(3) };
    const known = prepare(order(), { usualTimes, overheadSeconds: 5 });
    expect(known.details).toMatchObject({ estimateSeconds: 20, estimatedFrom: 3 });
    // Of an incremental model the usual way tells nothing of a full refresh; of a table and a test it does.
    expect(prepare(order({ fullRefresh: true }), { usualTimes }).details).toMatchObject({ estimatedFrom: 2 });
  });

  it.each<[string, DbtOrder, string[]]>([
    ["nothing", order({ select: [] }), []],
    ["nothing for a part", order({ fullRefresh: true }), []],
    ["the name and a reason for everything", order({ select: [], fullRefresh: true }), ["confirm", "reason"]],
    ["a reason", order({ select: [], fullRefresh: true }, { confirm: "nba" }), ["reason"]],
    [
      "the right name",
      order({ select: [], fullRefresh: true }, { confirm: "NBA", reason: "x" }),
      ["confirm"],
    ],
    ["nothing more", order({ select: [], fullRefresh: true }, { confirm: "nba", reason: "x" }), []],
  ])("asks for %s", (_name, given, paths) => {
    const { unconfirmed = [], details } = prepare(given);
    expect(unconfirmed.map(({ path }) => path)).toEqual(paths);
    const isEverything = given.params[0]?.select.length === 0 && given.params[0].fullRefresh;
    expect(details.confirm).toBe(isEverything ? "nba" : null);
  });

  it.each<[string, string[], { path: string; message: string }[]]>([
    [
      "names that the project lacks, with the nearest",
      ["standings", "fact_boxscore+", "nothing_like_it"],
      [
        {
          path: "params.0.select.1",
          message: expect.stringContaining("Did you mean fact_boxscores?") as string,
        },
        {
          path: "params.0.select.2",
          message: expect.stringContaining("nothing named nothing_like_it") as string,
        },
      ],
    ],
    [
      "a source",
      ["box_scores+"],
      [{ path: "params.0.select.0", message: expect.stringContaining("is a source") as string }],
    ],
    [
      "what builds nothing",
      ["blank"],
      [{ path: "params.0.select", message: expect.stringContaining("holds nothing") as string }],
    ],
  ])("refuses %s", (_name, select, fields) => {
    expect(() => prepare(order({ select }))).toThrow(
      expect.objectContaining({ code: "invalid-request", fields }) as Error,
    );
  });

  it.each<[string, Partial<DbtFacts>, DbtOrder, string]>([
    ["there is no project", { project: null, projectProblem: "Start a worker." }, order(), "Start a worker."],
    [
      "everything would be a part by the project's own default",
      { project: { ...PROJECT, defaultSelector: "nightly" } },
      order({ select: [] }),
      "names nightly as the default",
    ],
    [
      "nothing of what was unfinished is left",
      { retried: { unfinished: ["gone"], fullRefresh: false } },
      order(),
      "left unfinished is in the dbt project any more",
    ],
  ])("cannot be now when %s", (_name, overrides, given, message) => {
    expect(() => prepare(given, overrides)).toThrow(
      expect.objectContaining({
        code: "conflict",
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });

  it("says what is lacking where dbt is not configured", () => {
    expect(() => prepareDbtOrder(order(), { ...SETTINGS, dbt: null }, facts({ project: null }))).toThrow(
      "dbt build is not configured here",
    );
  });

  it("runs again what failed or was skipped, as it was run; a model brings its tests along", () => {
    const retried = {
      unfinished: ["boxscores_are_unique", "standings", "unique_standings_team"],
      fullRefresh: true,
    };
    const retryOf = "0199a3c4-0000-7000-8000-000000000000";
    const { run } = prepare(order({ select: [], retryOf }), { retried });
    expect(run.params).toEqual({ select: ["boxscores_are_unique", "standings"], fullRefresh: true, retryOf });
    expect(run.title).toBe("dbt full refresh of 2 unfinished models and tests");
  });

  const FOREIGN = { sessions: 2, since: "2026-11-22T19:58:00.000Z", users: ["pipeline"] };
  it.each<[string, DbtOrder, Partial<DbtFacts>, [string, string][]]>([
    ["nothing", order(), {}, []],
    [
      "dates that it leaves behind",
      order(),
      { behind: [behind("2026-11-04", true), behind("2026-11-21", false)] },
      [
        [
          "no-effect-expected",
          "Without a full refresh this leaves 1 date behind: Wed Nov 4 (the usual build passes over it). The same selection with a full refresh takes it in.",
        ],
      ],
    ],
    [
      "many such dates in short",
      order(),
      { behind: [1, 2, 3, 4, 5, 6, 7].map((day) => behind(`2026-11-0${day}`, true)) },
      [["no-effect-expected", "leaves 7 dates behind"]],
    ],
    [
      "nothing of dates that another one holds up",
      order(),
      { behind: [behind("2026-11-04", true, { forAnother: true })] },
      [],
    ],
    [
      "nothing of dates that a full refresh takes in",
      order({ fullRefresh: true }),
      { behind: [behind("2026-11-04", true)] },
      [],
    ],
    [
      "nothing of dates that it does not touch",
      order({ select: ["standings"] }),
      { behind: [behind("2026-11-04", true)] },
      [],
    ],
    [
      "another build",
      order(),
      { foreignBuild: FOREIGN },
      [["foreign-build", "2 sessions of pipeline, since 19:58 UTC): this waits until it has ended."]],
    ],
    [
      "another build that is overridden",
      order({}, { overrideDailyRun: true }),
      { foreignBuild: FOREIGN },
      [["foreign-build", "each may break the other"]],
    ],
    [
      "the daily run",
      order(),
      { now: new Date("2026-11-22T12:10:00Z") },
      [["daily-run", "this waits until then"]],
    ],
    [
      "no worker",
      order(),
      { absentWorkers: { since: null, stopped: false } },
      [["no-worker", "stays queued"]],
    ],
    [
      "an old project",
      order(),
      { projectProblem: "dbt parse failed." },
      [["project-outdated", "dbt parse failed."]],
    ],
    [
      "a warehouse that is away",
      order(),
      { behindProblem: "It is down." },
      [["warehouse-stale", "It is down."]],
    ],
  ])("warns of %s", (_name, given, overrides, expected) => {
    const { warnings, run } = prepare(given, overrides);
    const told = [...run.warnings, ...warnings];
    expect(told.map(({ code }) => code)).toEqual(expected.map(([code]) => code));
    for (const [index, [, words]] of expected.entries()) expect(told[index]?.text).toContain(words);
  });
});

describe("createRunsRequestSchema", () => {
  const accepts = (params: unknown, rest: object = {}) =>
    createRunsRequestSchema.safeParse({ kind: "dbt", params: [params], ...rest }).success;

  it("takes what the order form sends", () => {
    expect(
      accepts({ select: ["a+", "+b", "2+c+1"], fullRefresh: true }, { confirm: "nba", reason: "x" }),
    ).toBe(true);
    expect(accepts({ select: [], fullRefresh: false, retryOf: "0199a3c4-0000-7000-8000-000000000000" })).toBe(
      true,
    );
  });

  it.each<[string, unknown, object?]>([
    ["no parameters", {}],
    ["an option", { select: ["--vars"], fullRefresh: false }],
    ["a selection that is a text", { select: "a+", fullRefresh: false }],
    [
      "more than 300 selections",
      { select: Array.from({ length: 301 }, (_, index) => `m${index}`), fullRefresh: false },
    ],
    ["a target", { select: [], fullRefresh: false, target: "dev" }],
    ["a run that is none", { select: [], fullRefresh: false, retryOf: "../1" }],
    ["another field", { select: [], fullRefresh: false }, { argv: ["rm"] }],
  ])("refuses %s", (_name, params, rest) => expect(accepts(params, rest)).toBe(false));
});
