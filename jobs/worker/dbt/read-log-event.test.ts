import { describe, expect, it } from "vitest";
import { readLogEvent } from "./read-log-event";

const TS = "2026-11-23T00:26:33.769119Z";

/** A line as dbt 1.11 writes it, less what is not read. */
function line(name: string, data: Record<string, unknown>): string {
  return JSON.stringify({
    data,
    info: { name, level: "info", msg: "...", ts: TS, thread: "Thread-4 (worker)" },
  });
}

const node = (unique_id: string, node_status: string) => ({
  node_info: { unique_id, node_status, node_name: "x", materialized: "table", node_started_at: TS },
});

const MODEL = "model.nba.standings";
const TEST = "test.nba.unique_standings_team.d2f090666f";
const UNIT_TEST = "unit_test.nba.int_team_form.counts";

describe("readLogEvent", () => {
  it("tells when the nodes begin, and on how many threads", () => {
    const begun = line("ConcurrencyLine", { num_threads: 4, node_count: 79, target_name: "prod" });
    expect(readLogEvent(begun)).toEqual({ kind: "begun", threads: 4 });
  });

  it.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "a start",
      "LogStartLine",
      { ...node(MODEL, "started"), index: 3, total: 85 },
      { status: "running", seconds: null },
    ],
    [
      "a model's end",
      "LogModelResult",
      { ...node(MODEL, "success"), status: "SELECT 30", execution_time: 0.2 },
      { status: "success", seconds: 0.2, message: "SELECT 30" },
    ],
    [
      "a model's error",
      "LogModelResult",
      { ...node(MODEL, "error"), status: "ERROR", execution_time: 0.2 },
      { status: "error" },
    ],
    [
      "a test's end",
      "LogTestResult",
      { ...node(TEST, "fail"), status: "fail", execution_time: 0.1, num_failures: 17 },
      { status: "fail", failures: 17 },
    ],
    [
      "a warning",
      "LogTestResult",
      { ...node(TEST, "warn"), status: "warn", num_failures: 7 },
      { status: "warn" },
    ],
    [
      "a unit test's end, which its node knows nothing of",
      "LogTestResult",
      { ...node(UNIT_TEST, "None"), status: "fail", num_failures: 1 },
      { status: "fail", uniqueId: UNIT_TEST },
    ],
    ["what is skipped", "SkippingDetails", node(MODEL, "skipped"), { status: "skipped", seconds: null }],
    [
      "what is skipped for an ephemeral's error",
      "LogSkipBecauseError",
      node(MODEL, "None"),
      { status: "skipped" },
    ],
    [
      "a seed's end",
      "LogSeedResult",
      { ...node("seed.nba.teams", "success"), status: "INSERT 30" },
      { status: "success" },
    ],
  ])("tells of %s", (_name, name, data, expected) => {
    expect(readLogEvent(line(name, data))).toMatchObject({
      kind: "node",
      at: "2026-11-23T00:26:33.769Z",
      ...expected,
    });
  });

  it.each<[string, string]>([
    ["an exposure", line("SkippingDetails", node("exposure.nba.dashboard", "skipped"))],
    ["the summary, which names a failed node again", line("RunResultFailure", node(TEST, "None"))],
    ["an end that says nothing", line("LogNodeNoOpResult", { ...node(MODEL, "no-op"), status: "no-op" })],
    ["a line without a node", line("StatsLine", { stats: { error: 1 } })],
    ["a line that was cut", '{"data": {"node_info": {"unique_id": "mod'],
    ["what is no event", '"text"'],
    ["nothing", ""],
  ])("makes nothing of %s", (_name, text) => expect(readLogEvent(text)).toBeNull());
});
