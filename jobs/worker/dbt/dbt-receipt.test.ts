import { describe, expect, it } from "vitest";
import type { DbtEvidence } from "./dbt-receipt";
import { judgeDbt } from "./judge-dbt";
import {
  evidence,
  exit,
  lag,
  MART,
  measured,
  model,
  NEW,
  NOV_4,
  NOV_9,
  OLD,
  SELECT,
  standings,
  test,
  wanting,
} from "./sample-evidence";

describe("the receipt", () => {
  const receiptOf = (given: Partial<DbtEvidence>) => judgeDbt(evidence(given)).receipt;
  const behind = measured([lag(NOV_4, { plays: 7 })]);

  it.each<[string, Partial<DbtEvidence>, Record<string, unknown>[]]>([
    [
      "passed over by the increment",
      { before: behind, after: behind },
      [{ date: NOV_4, cause: "watermark", wanted: true, isNew: false }],
    ],
    [
      "doubled by it",
      { before: measured([lag(NOV_4, { older: 7 })]), after: measured([lag(NOV_4, { doubled: 7 })]) },
      [{ cause: "doubled" }],
    ],
    [
      "behind since",
      { after: measured([lag(NOV_9, { older: 1 })]) },
      [{ date: NOV_9, cause: "older", isNew: true, wanted: true }],
    ],
    [
      "not of this build",
      { before: behind, after: behind, details: wanting(MART) },
      [{ cause: "absent", wanted: false }],
    ],
    [
      "of a model that failed",
      { before: behind, after: behind, details: wanting(model("fact_pbp_data", "error")) },
      [{ cause: "absent", wanted: true }],
    ],
    [
      "rebuilt and still behind",
      { before: behind, after: behind, params: { select: SELECT, fullRefresh: true } },
      [{ cause: "absent", text: expect.stringContaining("This full refresh has not taken it in") }],
    ],
    [
      "those of this build first",
      {
        after: measured([lag(NOV_4, { absent: 1 }), lag(NOV_9, { plays: 1 })]),
        details: wanting(model("fact_pbp_data")),
      },
      [{ date: NOV_9 }, { date: NOV_4 }],
    ],
  ])("says why a date is behind: %s", (_name, given, leftBehind) => {
    expect(receiptOf(given).leftBehind).toMatchObject(leftBehind);
  });

  it.each<[string, Partial<DbtEvidence>, boolean | null]>([
    ["nothing, where nothing is behind", {}, null],
    ["a full refresh, where the increment passes over a date", { before: behind, after: behind }, true],
    [
      "the usual build, where that takes it in",
      { after: measured([lag(NOV_9, { absent: 7, fullRefresh: false })]) },
      false,
    ],
    [
      "a full refresh for both, where one date needs it",
      { after: measured([lag(NOV_4, { absent: 7, fullRefresh: false }), lag(NOV_9, { doubled: 7 })]) },
      true,
    ],
    [
      "nothing, where a full refresh has not helped",
      { before: behind, after: behind, params: { select: SELECT, fullRefresh: true } },
      null,
    ],
    [
      "a full refresh again, where the model failed in the last one",
      {
        before: behind,
        after: behind,
        params: { select: SELECT, fullRefresh: true },
        details: wanting(model("fact_pbp_data", "error")),
      },
      true,
    ],
    ["nothing, where nobody could measure", { before: behind, after: { unmeasured: "It is down." } }, null],
  ])("offers %s", (_name, given, fullRefresh) => {
    expect(receiptOf(given).mend?.fullRefresh ?? null).toBe(fullRefresh);
  });

  it("counts, and names what can be run again from the failure", () => {
    const { models, tests, unfinished } = receiptOf({
      end: exit(1),
      details: wanting(
        model("a"),
        model("b", "error"),
        model("c", "skipped"),
        model("d", null),
        test("e"),
        test("f", "warn"),
        test("g", "fail"),
        test("h", "error"),
        test("i", "skipped"),
      ),
    });
    expect(models).toEqual({ wanted: 4, built: 1, errored: 1, skipped: 1 });
    expect(tests).toEqual({ wanted: 5, passed: 1, warned: 1, failed: 2, skipped: 1 });
    expect(unfinished).toEqual(["b", "c", "d", "g", "h", "i"]);
  });

  it("shows gold's tables that were wanted, before and after, one that is new too", () => {
    const { gold } = receiptOf({
      before: measured([], [standings(OLD, 29), { ...standings(OLD), table: "gold.other" }]),
      after: measured(
        [],
        [
          { ...standings(NEW), isEstimate: true },
          { ...standings(NEW), table: "gold.team_stats" },
          { ...standings(OLD), table: "gold.other" },
        ],
      ),
      details: wanting(MART, model("team_stats", "success", "gold"), model("a_view", "success", "gold")),
    });
    expect(gold).toEqual([
      {
        table: "gold.standings",
        rowsBefore: 29,
        rowsAfter: 30,
        isEstimate: true,
        builtBefore: OLD,
        builtAfter: NEW,
      },
      {
        table: "gold.team_stats",
        rowsBefore: null,
        rowsAfter: 30,
        isEstimate: false,
        builtBefore: null,
        builtAfter: NEW,
      },
    ]);
  });

  it("has open calendars read the dates again that have changed, and no others", () => {
    const { changedDates } = judgeDbt(evidence({ before: behind, after: measured([]) }));
    expect(changedDates).toEqual([NOV_4]);
    const unmeasured = evidence({ before: behind, after: { unmeasured: "It is down." } });
    expect(judgeDbt(unmeasured).changedDates).toEqual([NOV_4]);
  });
});
