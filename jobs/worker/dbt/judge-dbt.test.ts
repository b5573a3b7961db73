import { describe, expect, it } from "vitest";
import type { DbtMeasurement } from "@/lib/warehouse/measure-dbt";
import type { GoldTable } from "@/lib/warehouse/measure-gold-tables";
import type { SilverLag } from "@/lib/warehouse/silver-lags";
import type { DbtEvidence } from "./dbt-receipt";
import { judgeDbt } from "./judge-dbt";
import type { WantedNode } from "./track-build";

const NOV_4 = "2026-11-04";
const NOV_9 = "2026-11-09";
const SELECT = ["fact_boxscores+", "fact_pbp_data+"];

type Behind = Partial<SilverLag["boxscores"]> & { plays?: number; fullRefresh?: boolean };

function lag(date: string, { plays = 0, fullRefresh = true, ...boxscores }: Behind): SilverLag {
  return {
    date,
    boxscores: { absent: 0, fewer: 0, older: 0, doubled: 0, ...boxscores },
    plays,
    text: `games of ${date} are behind`,
    build: {
      select: SELECT,
      fullRefresh,
      why: fullRefresh ? "It takes a full refresh: x" : "The usual build takes it in",
      forAnother: false,
    },
  };
}

const OLD = "2026-11-22T12:05:52.000Z";
const NEW = "2026-11-23T00:50:07.000Z";
const standings = (builtAt: string | null, rows = 30): GoldTable => ({
  table: "gold.standings",
  rows,
  isEstimate: false,
  builtAt,
});

function measured(lags: SilverLag[], gold: GoldTable[] = []): DbtMeasurement {
  return {
    measuredAt: NEW,
    states: Object.fromEntries(
      [NOV_4, NOV_9].map((date) => [date, lags.some((each) => each.date === date) ? "stale" : "whole"]),
    ),
    lags,
    gold,
  };
}

function model(name: string, status: WantedNode["status"] = "success", schema = "silver"): WantedNode {
  return {
    uniqueId: `model.nba.${name}`,
    name,
    type: "model",
    schema,
    relation: name,
    materialized: "table",
    status,
  };
}
function test(name: string, status: WantedNode["status"] = "pass"): WantedNode {
  return {
    uniqueId: `test.nba.${name}.1`,
    name,
    type: "test",
    schema: null,
    relation: null,
    materialized: null,
    status,
  };
}

const FACTS = [model("fact_boxscores"), model("fact_pbp_data")];
const MART = model("standings", "success", "gold");

function evidence(given: Partial<DbtEvidence>): DbtEvidence {
  return {
    params: { select: SELECT, fullRefresh: false },
    before: measured([]),
    after: measured([]),
    end: { kind: "exited", exitCode: 0 },
    stopped: null,
    explainedBy: null,
    details: { wanted: [...FACTS, MART, test("a")], hasResults: true },
    timeoutMinutes: 60,
    ...given,
  };
}

const wanting = (...wanted: WantedNode[]) => ({ wanted, hasResults: true });
const exit = (exitCode: number) => ({ kind: "exited", exitCode }) as const;

type Case = [name: string, given: Partial<DbtEvidence>, state: string, outcome: string];

describe("judgeDbt", () => {
  it.each<Case>([
    ["all built, nothing was behind", {}, "succeeded", "3 models built, 1 test passed"],
    [
      "all built, and a date mended",
      { before: measured([lag(NOV_4, { absent: 7, plays: 7 })]) },
      "succeeded",
      "3 models built, 1 test passed; 1 date mended",
    ],
    [
      "exit 1 for a test, but built",
      { end: exit(1), details: wanting(...FACTS, test("a", "fail"), test("b"), test("c", "fail")) },
      "succeeded",
      "2 models built, 2 of 3 tests failed",
    ],
    [
      "a warning",
      { details: wanting(...FACTS, test("a", "warn"), test("b")) },
      "succeeded",
      "2 models built, 1 of 2 tests warned",
    ],
    ["tests alone", { details: wanting(test("a")) }, "succeeded", "1 test passed"],
    [
      "exit 1 that no test explains",
      { end: exit(1) },
      "succeeded",
      "3 models built, 1 test passed (dbt ended with exit 1)",
    ],
    [
      "exit 0 that leaves a date behind",
      { before: measured([lag(NOV_4, { plays: 7 })]), after: measured([lag(NOV_4, { plays: 7 })]) },
      "no_effect",
      "3 models built, 1 test passed, but Wed Nov 4 stays behind: games of 2026-11-04 are behind. It takes a full refresh: x",
    ],
    [
      "rows that were older, and are doubled now",
      { before: measured([lag(NOV_4, { older: 7 })]), after: measured([lag(NOV_4, { doubled: 7 })]) },
      "no_effect",
      "3 models built, 1 test passed, but Wed Nov 4 stays behind: games of 2026-11-04 are behind. It takes a full refresh: x",
    ],
    [
      "one date mended, another left",
      {
        before: measured([lag(NOV_4, { plays: 7 }), lag(NOV_9, { absent: 2 })]),
        after: measured([lag(NOV_4, { plays: 7 })]),
      },
      "partly",
      "1 date mended, Wed Nov 4 stays behind: games of 2026-11-04 are behind. It takes a full refresh: x; 3 models built, 1 test passed",
    ],
    [
      "half of a date",
      {
        before: measured([lag(NOV_4, { absent: 7, plays: 7 })]),
        after: measured([lag(NOV_4, { plays: 7 })]),
      },
      "partly",
      "Wed Nov 4 is mended in part: games of 2026-11-04 are behind. It takes a full refresh: x; 3 models built, 1 test passed",
    ],
    [
      "half of one date, and another left",
      {
        before: measured([lag(NOV_4, { absent: 7, plays: 7 }), lag(NOV_9, { plays: 2 })]),
        after: measured([lag(NOV_4, { plays: 7 }), lag(NOV_9, { plays: 2 })]),
      },
      "partly",
      "Mon Nov 9 stays behind, Wed Nov 4 is mended in part: Mon Nov 9: games of 2026-11-09 are behind. It takes a full refresh: x; 3 models built, 1 test passed",
    ],
    [
      "two dates left",
      {
        before: measured([lag(NOV_4, { plays: 7 }), lag(NOV_9, { plays: 2 })]),
        after: measured([lag(NOV_4, { plays: 7 }), lag(NOV_9, { plays: 2 })]),
      },
      "no_effect",
      "3 models built, 1 test passed, but Wed Nov 4 and Mon Nov 9 stay behind: Wed Nov 4: games of 2026-11-04 are behind. It takes a full refresh: x",
    ],
    [
      "a date that fell behind meanwhile is none of its fault",
      { after: measured([lag(NOV_9, { absent: 7, fullRefresh: false })]) },
      "succeeded",
      "3 models built, 1 test passed",
    ],
    [
      "a selection that does not make what is behind",
      {
        before: measured([lag(NOV_4, { plays: 7 })]),
        after: measured([lag(NOV_4, { plays: 7 })]),
        details: wanting(MART),
      },
      "succeeded",
      "1 model built",
    ],
    [
      "of two parts behind, the one that was selected is mended",
      {
        before: measured([lag(NOV_4, { absent: 7, plays: 7 })]),
        after: measured([lag(NOV_4, { plays: 7 })]),
        details: wanting(model("fact_boxscores")),
      },
      "succeeded",
      "1 model built",
    ],
    [
      "results that claim what gold does not show",
      { before: measured([], [standings(OLD)]), after: measured([], [standings(OLD)]) },
      "no_effect",
      "dbt says: 3 models built, 1 test passed; but none of the tables that it was to make in gold is newer than before.",
    ],
    [
      "gold that shows it",
      { before: measured([], [standings(OLD)]), after: measured([], [standings(NEW)]) },
      "succeeded",
      "3 models built, 1 test passed",
    ],
    [
      "a model that failed",
      {
        end: exit(1),
        details: wanting(model("fact_boxscores"), model("fact_pbp_data", "error"), model("a", "skipped")),
      },
      "failed",
      "1 of 3 models built; fact_pbp_data failed, 1 skipped",
    ],
    [
      "models skipped for a test",
      {
        end: exit(1),
        details: wanting(...FACTS, model("a", "skipped"), test("boxscores_are_unique", "fail")),
      },
      "failed",
      "2 of 3 models built; 1 skipped because boxscores_are_unique failed",
    ],
    [
      "models skipped, though a date is mended",
      {
        end: exit(1),
        before: measured([lag(NOV_4, { absent: 7 })]),
        details: wanting(...FACTS, model("a", "skipped"), test("b", "fail")),
      },
      "failed",
      "2 of 3 models built; 1 skipped because b failed; 1 date mended",
    ],
    [
      "dbt that broke off",
      {
        end: exit(2),
        details: { wanted: [model("a"), model("b", "cancelled"), model("c", null)], hasResults: false },
        explainedBy: { seq: 9, text: "Unhandled Error: out of memory" },
      },
      "failed",
      "1 of 3 models built; dbt ended with exit 2 (Unhandled Error: out of memory), and 2 were not come to",
    ],
    [
      "dbt that was killed",
      {
        end: { kind: "signalled", signal: "SIGKILL" },
        details: { wanted: [model("a", null)], hasResults: false },
      },
      "failed",
      "dbt was killed by SIGKILL before it built anything. Its log says why. None of 1 model or test was come to.",
    ],
    [
      "dbt that could not connect",
      {
        end: exit(1),
        details: { wanted: [], hasResults: false },
        explainedBy: { seq: 3, text: 'connection to server at "db" failed: Connection refused' },
      },
      "failed",
      'dbt ended with exit 1 before it built anything: connection to server at "db" failed: Connection refused Check DBT_ENV_DBT_HOST and DBT_ENV_DBT_PORT, and that the warehouse is up.',
    ],
    [
      "dbt that is not there",
      { end: { kind: "not-started", reason: "The program dbt does not exist." }, details: wanting() },
      "failed",
      "dbt could not be started: The program dbt does not exist. Install dbt there (dbt-core below 2 with dbt-postgres), or set DBT_COMMAND to where it is.",
    ],
    [
      "nothing to build",
      { details: wanting() },
      "no_effect",
      "dbt found nothing to build: the project has changed since this was ordered.",
    ],
    [
      "built, and not measured",
      { after: { unmeasured: "It is down." } },
      "interrupted",
      "3 models built, 1 test passed, but the warehouse could not be measured afterwards: It is down.",
    ],
    [
      "failed, and not measured",
      { end: exit(1), after: { unmeasured: "It is down." }, details: wanting(model("a", "error")) },
      "failed",
      "0 of 1 model built; a failed",
    ],
    [
      "cancelled",
      {
        stopped: "cancelled",
        end: exit(2),
        before: measured([lag(NOV_4, { absent: 7 })]),
        details: wanting(model("fact_boxscores"), model("a", "cancelled")),
      },
      "cancelled",
      "Cancelled while it ran; 1 of 2 models had been built, 1 date mended",
    ],
    [
      "cancelled at once",
      { stopped: "cancelled", details: wanting(model("a", null)) },
      "cancelled",
      "Cancelled while it ran; no model had been built",
    ],
    [
      "too long",
      {
        stopped: "timed-out",
        after: { unmeasured: "It is down." },
        details: wanting(model("a"), model("b", "cancelled")),
      },
      "timed_out",
      "Ended after 60 minutes without finishing; 1 of 2 models had been built; its effect could not be measured: It is down.",
    ],
    [
      "a worker shut down",
      { stopped: "shutdown", details: wanting(model("a", null)) },
      "interrupted",
      "The worker was shut down while this ran; no model had been built",
    ],
    [
      "a claim lost",
      { stopped: "lost-claim", details: wanting(model("a", null)) },
      "interrupted",
      "The worker lost its claim while this ran; no model had been built",
    ],
  ])("%s", (_name, given, state, outcome) => {
    expect(judgeDbt(evidence(given))).toMatchObject({ state, outcome });
  });
});

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
