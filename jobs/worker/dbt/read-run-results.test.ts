import { describe, expect, it } from "vitest";
import { parseRunResults } from "./read-run-results";

const results = (...list: Record<string, unknown>[]) =>
  JSON.stringify({ metadata: {}, results: list, elapsed_time: 1 });

const SUCCESS = {
  status: "success",
  timing: [
    {
      name: "compile",
      started_at: "2026-11-23T00:19:20.495471Z",
      completed_at: "2026-11-23T00:19:20.509664Z",
    },
    {
      name: "execute",
      started_at: "2026-11-23T00:19:20.513955Z",
      completed_at: "2026-11-23T00:19:20.698182Z",
    },
  ],
  thread_id: "Thread-3 (worker)",
  execution_time: 0.2,
  adapter_response: { _message: "SELECT 30", code: "SELECT", rows_affected: 30 },
  message: "SELECT 30",
  failures: null,
  unique_id: "model.nba.dim_teams",
  compiled: true,
  compiled_code: "select 1",
  relation_name: '"nba"."silver"."dim_teams"',
};

describe("parseRunResults", () => {
  it("reads a model's result", () => {
    expect(parseRunResults(results(SUCCESS))).toEqual([
      {
        uniqueId: "model.nba.dim_teams",
        status: "success",
        startedAt: "2026-11-23T00:19:20.495Z",
        seconds: 0.2,
        rows: 30,
        message: "SELECT 30",
        compiledSql: "select 1",
      },
    ]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "a dbt that keeps no SQL",
      { compiled: undefined, compiled_code: undefined },
      { compiledSql: null, rows: 30 },
    ],
    [
      "a view, of which no rows are counted",
      { adapter_response: { _message: "CREATE VIEW", rows_affected: -1 } },
      { rows: null },
    ],
    [
      "an adapter that answers nothing",
      { adapter_response: undefined, timing: [] },
      { rows: null, startedAt: null },
    ],
    [
      "a test, whose rows are those that it found",
      { unique_id: "test.nba.a.1", status: "fail", failures: 174, message: "Got 174 results" },
      { status: "fail", rows: 174 },
    ],
    [
      "what was skipped, which took no time",
      { status: "skipped", timing: [], execution_time: 0, adapter_response: {} },
      { status: "skipped", seconds: null, startedAt: null },
    ],
    [
      "a time without its zone",
      { timing: [{ started_at: "2026-11-23T00:19:20.495471" }] },
      { startedAt: "2026-11-23T00:19:20.495Z" },
    ],
    ["batches of which some failed", { status: "partial success" }, { status: "error" }],
    ["a runtime error", { status: "runtime error" }, { status: "error" }],
  ])("understands %s", (_name, change, expected) => {
    expect(parseRunResults(results({ ...SUCCESS, ...change }))).toMatchObject([expected]);
  });

  it("leaves out what nothing is run for", () => {
    const exposure = { ...SUCCESS, unique_id: "exposure.nba.dashboard", status: "no-op" };
    expect(parseRunResults(results(exposure, { ...SUCCESS, unique_id: "saved_query.nba.q" }))).toEqual([]);
  });

  it.each(["", '{"results": [', "{}", '{"results": [{"status": "success"}]}'])(
    "gives none for %j",
    (text) => {
      expect(parseRunResults(text)).toBeNull();
    },
  );
});
