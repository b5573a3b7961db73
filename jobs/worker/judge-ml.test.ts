import { describe, expect, it } from "vitest";
import { mlReceiptSchema } from "@/lib/contracts/run-kinds/ml";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import type { MlMeasurement } from "@/lib/warehouse/measure-ml";
import { explainMl } from "./explain-ml";
import { judgeMl, type MlEvidence } from "./judge-ml";
import type { StopReason } from "./run-handler";

const DATE = "2026-11-23";
const GAMES = ["BOS @ CHI", "LAL @ PHX", "NYK @ MIA"];
const EXIT_0: ProcessEnd = { kind: "exited", exitCode: 0 };
const EXIT_1: ProcessEnd = { kind: "exited", exitCode: 1 };

/** Chances of the games' home teams, in their order; undefined for a game without a prediction. */
function measured(chances: (number | null | undefined)[], given: Partial<MlMeasurement> = {}): MlMeasurement {
  return {
    measuredAt: "2026-11-23T20:00:00.000Z",
    seasonFlag: "on",
    features: GAMES.map((game) => ({ date: DATE, game, rows: 1 })),
    featuresProblem: null,
    expected: GAMES,
    predictions: GAMES.flatMap((game, index) => {
      const homeWin = chances[index];
      return homeWin === undefined ? [] : [{ game, homeWin }];
    }),
    ...given,
  };
}

const MISMATCH =
  "[WARNING] 2026-11-23 20:00:00,000 Date mismatch: silver.ml_game_features holds the games of 2026-11-22";
const STALE = { features: GAMES.map((game) => ({ date: "2026-11-22", game, rows: 1 })) };

function judge(
  before: MlMeasurement,
  after: MlEvidence["after"],
  { end = EXIT_0, line = null as string | null, stopped = null as StopReason | null } = {},
) {
  const explanation = line === null ? null : explainMl(null, { seq: 4, text: line });
  const verdict = judgeMl({
    params: { gameDate: DATE },
    before,
    after,
    end,
    details: null,
    stopped,
    explainedBy: explanation && { seq: explanation.seq, text: explanation.text },
    timeoutMinutes: 15,
  });
  if (verdict.receipt.kind !== "ml") throw new Error("not an ML receipt");
  expect(mlReceiptSchema.parse(verdict.receipt)).toEqual(verdict.receipt);
  return { ...verdict, receipt: verdict.receipt };
}

describe("judgeMl", () => {
  it("is succeeded when every game that lacked a prediction has one", () => {
    const { state, outcome, receipt, changedDates } = judge(measured([0.6]), measured([0.55, 0.4, 0.7]));
    expect({ state, outcome, changedDates }).toEqual({
      state: "succeeded",
      outcome: "predictions 1 → 3 of 3, 1 changed",
      changedDates: [DATE],
    });
    expect(receipt).toMatchObject({
      before: { predicted: 1 },
      after: { predicted: 3 },
      expected: 3,
      newGames: 2,
      changed: 1,
      stillMissing: [],
      reason: null,
      explainedBy: null,
    });
    expect(receipt.games).toEqual([
      { game: "BOS @ CHI", inFeatures: true, before: 0.6, after: 0.55, change: "changed" },
      { game: "LAL @ PHX", inFeatures: true, before: null, after: 0.4, change: "new" },
      { game: "NYK @ MIA", inFeatures: true, before: null, after: 0.7, change: "new" },
    ]);
  });

  it.each<[string, MlMeasurement, MlMeasurement, ProcessEnd, string | null, string, RegExp]>([
    [
      "some of it",
      measured([]),
      measured([0.6, 0.4], { features: GAMES.slice(0, 2).map((game) => ({ date: DATE, game, rows: 1 })) }),
      EXIT_0,
      null,
      "partly",
      /^predictions 0 → 2 of 3; NYK @ MIA still without$/,
    ],
    [
      "nothing, with the reason in its log",
      measured([0.6], STALE),
      measured([0.6], STALE),
      EXIT_0,
      MISMATCH,
      "no_effect",
      /^Exit 0, but nothing was predicted: 2 of 3 games still without a prediction\. The feature table holds the games of Sun Nov 22, 2026/,
    ],
    [
      "nothing, with the reason in the warehouse only",
      measured([], { seasonFlag: "off" }),
      measured([], { seasonFlag: "off" }),
      EXIT_0,
      null,
      "no_effect",
      /The flag season is off/,
    ],
    [
      "nothing, and nobody knows why",
      measured([]),
      measured([]),
      EXIT_0,
      null,
      "no_effect",
      /still without a prediction, and its log does not say why$/,
    ],
    [
      "nothing was missing, and it did not predict",
      measured([0.6, 0.4, 0.7], STALE),
      measured([0.6, 0.4, 0.7], STALE),
      EXIT_0,
      MISMATCH,
      "no_effect",
      /^Exit 0, but nothing was predicted: the feature table holds/,
    ],
    [
      "nothing was missing, chances changed",
      measured([0.6, 0.4, 0.7]),
      measured([0.6, 0.41, 0.71]),
      EXIT_0,
      null,
      "succeeded",
      /^Nothing was missing; 2 probabilities changed$/,
    ],
    [
      "nothing was missing, nothing changed",
      measured([0.6, 0.4, 0.7]),
      measured([0.6, 0.4, 0.7]),
      EXIT_0,
      null,
      "succeeded",
      /^Nothing was missing, no probability changed$/,
    ],
    [
      "exit 1 over duplicates",
      measured([0.6]),
      measured([0.6]),
      EXIT_1,
      "[ERROR] 2026-11-23 20:00:00,000 Duplicate rows in the predictions: Phoenix Suns 2026-11-23",
      "failed",
      /^The program ended with exit 1; nothing was predicted, 2 of 3 games still without a prediction: the program says: Duplicate rows in the predictions: Phoenix Suns/,
    ],
    [
      "exit 1 that predicted all the same",
      measured([]),
      measured([0.6, 0.4, 0.7]),
      EXIT_1,
      null,
      "succeeded",
      /^predictions 0 → 3 of 3 \(The program ended with exit 1\)$/,
    ],
    [
      "exit 1 when nothing was missing",
      measured([0.6, 0.4, 0.7]),
      measured([0.6, 0.4, 0.7]),
      EXIT_1,
      null,
      "failed",
      /exit 1; no game had lacked a prediction$/,
    ],
    [
      "a prediction that is gone",
      measured([0.6, 0.4, 0.7]),
      measured([0.6, 0.4]),
      EXIT_0,
      null,
      "no_effect",
      /1 of 3 games still without/,
    ],
    [
      "chances changed, a game still missing",
      measured([0.6, 0.4]),
      measured([0.5, 0.4]),
      EXIT_0,
      null,
      "partly",
      /^1 probability changed; 1 of 3 games still without a prediction$/,
    ],
    [
      "a day without games",
      measured([], { expected: [], features: [] }),
      measured([], { expected: [], features: [] }),
      EXIT_0,
      null,
      "succeeded",
      /^No game was expected on Mon Nov 23, 2026; nothing to predict$/,
    ],
    [
      "a day without games, told by a table of another date",
      measured([], { expected: [], ...STALE }),
      measured([], { expected: [], ...STALE }),
      EXIT_0,
      MISMATCH,
      "succeeded",
      /^No game was expected/,
    ],
    [
      "a chance that is no number now is one later",
      measured([null, 0.4, 0.7]),
      measured([0.6, 0.4, 0.7]),
      EXIT_0,
      null,
      "succeeded",
      /1 probability changed/,
    ],
    [
      "killed from outside",
      measured([]),
      measured([]),
      { kind: "signalled", signal: "SIGKILL" },
      null,
      "failed",
      /killed by SIGKILL/,
    ],
    [
      "not started",
      measured([]),
      measured([]),
      { kind: "not-started", reason: "no such file" },
      null,
      "failed",
      /could not be started: no such file/,
    ],
  ])("%s", (_, before, after, end, line, state, outcome) => {
    const verdict = judge(before, after, { end, line });
    expect(verdict.state).toBe(state);
    expect(verdict.outcome).toMatch(outcome);
  });

  it("keeps the line that explains it, and gives the step that helps", () => {
    const { receipt } = judge(measured([], STALE), measured([], STALE), { line: MISMATCH });
    expect(receipt.explainedBy).toEqual({ seq: 4, text: MISMATCH });
    expect(receipt.reason).toMatchObject({ code: "date-mismatch", step: { do: "dbt" } });
    const night = { measuredAt: "2026-11-23T05:00:00.000Z", ...STALE };
    const early = judge(measured([], night), measured([], night), { line: MISMATCH });
    expect(early.receipt.reason).toMatchObject({ code: "too-early", step: { do: "wait" } });
    expect(early.receipt.explainedBy).toEqual({ seq: 4, text: MISMATCH });
  });

  it.each<[StopReason, string, RegExp]>([
    ["cancelled", "cancelled", /^Cancelled while it ran; written before that: predictions 0 → 3 of 3$/],
    ["timed-out", "timed_out", /^Ended after 15 minutes/],
    ["shutdown", "interrupted", /shut down/],
    ["lost-claim", "interrupted", /lost its claim/],
    ["worker-lost", "interrupted", /^The worker was lost while this ran; written before that/],
  ])("stopped by %s", (stopped, state, outcome) => {
    const verdict = judge(measured([]), measured([0.6, 0.4, 0.7]), { stopped });
    expect(verdict.state).toBe(state);
    expect(verdict.outcome).toMatch(outcome);
  });

  it("is interrupted when its effect could not be measured", () => {
    const { state, outcome, receipt } = judge(measured([0.6]), {
      unmeasured: "The warehouse does not answer.",
    });
    expect(state).toBe("interrupted");
    expect(outcome).toContain("The warehouse does not answer.");
    expect(receipt).toMatchObject({
      after: null,
      unmeasured: "The warehouse does not answer.",
      reason: null,
    });
  });
});
