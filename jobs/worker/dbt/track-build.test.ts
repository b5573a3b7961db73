import { beforeEach, describe, expect, it } from "vitest";
import { createDbtGraph } from "@/lib/dbt/dbt-graph";
import { sampleNode, sampleTest } from "@/lib/dbt/testing/sample-project";
import { createRedactor } from "@/lib/logs/redact";
import type { RunResult } from "./read-run-results";
import { BuildTracker } from "./track-build";

const FACT = sampleNode("fact", { materialized: "incremental" });
const UNIQUE = sampleTest("fact_is_unique", [FACT.uniqueId]);
const MART = sampleNode("mart", { schema: "gold", layer: "gold", dependsOn: [FACT.uniqueId] });
const MART_TEST = sampleTest("mart_test", [MART.uniqueId]);
const NODES = [FACT, UNIQUE, MART, MART_TEST];
const usual = (medianSeconds: number) => ({ normal: { medianSeconds, runs: 3 }, fullRefresh: null });
const USUAL = { [FACT.uniqueId]: usual(10), [UNIQUE.uniqueId]: usual(1), [MART.uniqueId]: usual(4) };

let tracker: BuildTracker;

beforeEach(() => {
  tracker = new BuildTracker({ fullRefresh: false, redact: createRedactor(["hunter2"]) });
  tracker.begin(4, { graph: createDbtGraph({ nodes: NODES }), nodes: NODES, usualTimes: USUAL });
});

const at = (second: number) => `2026-11-23T00:00:${String(second).padStart(2, "0")}.000Z`;
const noon = (second: number) => new Date(at(second));

type Told = Parameters<BuildTracker["apply"]>[0];
function tell(uniqueId: string, status: Told["status"], second: number, rest: Partial<Told> = {}): void {
  const blank = { seconds: null, message: null, failures: null };
  tracker.apply({ kind: "node", uniqueId, status, at: at(second), ...blank, ...rest });
}

function result(uniqueId: string, status: RunResult["status"], rest: Partial<RunResult> = {}): RunResult {
  return {
    uniqueId,
    status,
    startedAt: at(1),
    seconds: 2,
    rows: null,
    message: null,
    compiledSql: null,
    ...rest,
  };
}

describe("progress", () => {
  it("counts what has ended, names what runs, and knows how many there are", () => {
    expect(tracker.progress(noon(0))).toMatchObject({ total: 4, done: 0, running: [] });
    tell(FACT.uniqueId, "running", 1);
    expect(tracker.progress(noon(2))).toMatchObject({
      total: 4,
      done: 0,
      running: [{ name: "fact", type: "model", startedAt: at(1) }],
    });
    tell(FACT.uniqueId, "success", 6, { seconds: 5, message: "INSERT 0 12" });
    tell(UNIQUE.uniqueId, "fail", 7, { seconds: 1, failures: 3 });
    tell(MART.uniqueId, "skipped", 7);
    tell(MART_TEST.uniqueId, "skipped", 7);
    expect(tracker.progress(noon(8))).toMatchObject({
      done: 4,
      passed: 1,
      failed: 1,
      skipped: 2,
      running: [],
    });
  });

  it("tells what is left by each node's usual time, less what has passed of it", () => {
    // fact 10, its test 1, mart 4, its test as long as the other one.
    expect(tracker.progress(noon(0)).remainingSeconds).toBe(16);
    tell(FACT.uniqueId, "running", 1);
    expect(tracker.progress(noon(4)).remainingSeconds).toBe(13);
    expect(tracker.progress(noon(30)).remainingSeconds).toBe(6);
    tell(FACT.uniqueId, "success", 30, { seconds: 29 });
    expect(tracker.progress(noon(30)).remainingSeconds).toBe(6);
  });

  it("goes by what comes while the number of nodes is not known", () => {
    tracker = new BuildTracker({ fullRefresh: false, redact: (text) => text });
    tracker.begin(4, null);
    tell(MART.uniqueId, "running", 1);
    expect(tracker.progress(noon(2))).toMatchObject({ total: 1, remainingSeconds: null });
    expect(tracker.wanted(false)).toMatchObject([
      { name: "mart", type: "model", schema: null, status: "running" },
    ]);
  });
});

describe("nodes", () => {
  it("are given once each time that they change, in the order in which they began", () => {
    tell(UNIQUE.uniqueId, "running", 1);
    tell(FACT.uniqueId, "running", 2);
    expect(tracker.takeChanged().map(({ name, position }) => [name, position])).toEqual([
      ["fact_is_unique", 0],
      ["fact", 1],
    ]);
    expect(tracker.takeChanged()).toEqual([]);
    tell(FACT.uniqueId, "success", 4, { seconds: 2, message: "INSERT 0 12" });
    const changed = tracker.takeChanged();
    expect(changed).toEqual([
      {
        uniqueId: FACT.uniqueId,
        name: "fact",
        type: "model",
        position: 1,
        status: "success",
        startedAt: at(2),
        seconds: 2,
        rows: 12,
        message: null,
        compiledSql: null,
      },
    ]);
    tracker.giveBack(changed);
    expect(tracker.takeChanged()).toEqual(changed);
  });

  it("have their last word from dbt's results, without secrets, colours and the path of a folder that is gone", () => {
    tell(MART.uniqueId, "running", 1);
    tracker.finish([
      result(FACT.uniqueId, "success", { message: "INSERT 0 12", compiledSql: "select 1", rows: 12 }),
      result(MART.uniqueId, "error", {
        message:
          "\u001b[31mDatabase Error\u001b[0m in model mart\n  hunter2 is wrong\n  compiled code at /tmp/x/mart.sql",
        compiledSql: "select 'hunter2'",
      }),
    ]);
    expect(tracker.takeChanged()).toMatchObject([
      {
        name: "mart",
        status: "error",
        message: "Database Error in model mart\n  *** is wrong",
        compiledSql: "select '***'",
      },
      { name: "fact", status: "success", message: null, compiledSql: null, rows: 12 },
    ]);
  });

  it("say what they were skipped for", () => {
    tracker.finish([
      result(FACT.uniqueId, "success"),
      result(UNIQUE.uniqueId, "fail", { rows: 3, message: "Got 3 results" }),
      result(MART.uniqueId, "skipped"),
      result(MART_TEST.uniqueId, "skipped"),
    ]);
    const messages = tracker.takeChanged().map(({ name, message }) => [name, message]);
    expect(messages).toEqual([
      ["fact", null],
      ["fact_is_unique", "Got 3 results"],
      ["mart", "Skipped because fact_is_unique failed."],
      ["mart_test", "Skipped because fact_is_unique failed."],
    ]);
  });
});

describe("a build that is ended", () => {
  it("calls what still ran cancelled, though dbt calls it an error", () => {
    tell(FACT.uniqueId, "running", 1);
    tell(UNIQUE.uniqueId, "fail", 2, { seconds: 1 });
    tell(MART.uniqueId, "running", 2);
    tracker.cutOff(noon(5));
    tell(FACT.uniqueId, "error", 6, { seconds: 5 });
    tracker.finish([result(FACT.uniqueId, "error"), result(UNIQUE.uniqueId, "fail", { startedAt: at(1) })]);
    expect(tracker.takeChanged().map(({ name, status }) => [name, status])).toEqual([
      ["fact", "cancelled"],
      ["fact_is_unique", "fail"],
      ["mart", "cancelled"],
    ]);
  });

  it("was to run also what it never came to, unless it ran to its end", () => {
    tell(FACT.uniqueId, "success", 2, { seconds: 1 });
    const unfinished = tracker.wanted(false).map(({ name, status }) => [name, status]);
    expect(unfinished).toEqual([
      ["fact", "success"],
      ["fact_is_unique", null],
      ["mart", null],
      ["mart_test", null],
    ]);
    expect(tracker.wanted(true).map(({ name }) => name)).toEqual(["fact"]);
  });
});
