import { describe, expect, it } from "vitest";
import type { DbtEvidence } from "./dbt-receipt";
import { judgeDbt } from "./judge-dbt";
import {
  evidence,
  exit,
  FACTS,
  lag,
  MART,
  measured,
  model,
  NEW,
  NOV_4,
  NOV_9,
  OLD,
  standings,
  test,
  wanting,
} from "./sample-evidence";

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
    [
      "a worker lost",
      { stopped: "worker-lost", details: wanting(model("a"), model("b", "cancelled")) },
      "interrupted",
      "The worker was lost while this ran; 1 of 2 models had been built",
    ],
  ])("%s", (_name, given, state, outcome) => {
    expect(judgeDbt(evidence(given))).toMatchObject({ state, outcome });
  });
});
