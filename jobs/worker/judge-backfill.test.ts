import { describe, expect, it } from "vitest";
import type { DateState } from "@/lib/contracts/coverage";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import type { BackfillMeasurement } from "@/lib/warehouse/measure-backfill";
import { type BackfillEvidence, judgeBackfill } from "./judge-backfill";
import type { StopReason } from "./run-handler";

const NAMES = ["ATL @ BOS", "LAL @ PHX", "BKN @ CHA"];

/** `measured(3, 0)`: of three expected games, so many have box scores and so many plays. */
function measured(
  boxscores: number,
  pbp: number,
  overrides: { newest?: string; state?: DateState; expected?: number } = {},
): BackfillMeasurement {
  const { newest = "2026-11-22T12:01:00Z", state = "partial", expected = 3 } = overrides;
  const source = (present: boolean, rows: number) => ({
    present,
    rows: present ? rows : 0,
    newest: present ? newest : null,
  });
  return {
    measuredAt: "2026-11-22T20:00:00.000Z",
    state,
    games: NAMES.slice(0, expected).map((game, index) => ({
      game,
      standing: "expected",
      boxscores: source(index < boxscores, 25),
      pbp: source(index < pbp, 125),
    })),
    advice: { stage: "none", step: "none", text: "", command: null, dbt: null },
  };
}

const EXIT_0: ProcessEnd = { kind: "exited", exitCode: 0 };
const EXIT_1: ProcessEnd = { kind: "exited", exitCode: 1 };
const KILLED: ProcessEnd = { kind: "signalled", signal: "SIGKILL" };

function judge(
  before: BackfillMeasurement,
  after: BackfillEvidence["after"],
  end: ProcessEnd,
  stopped: StopReason | null = null,
) {
  const explainedBy = { seq: 6, text: "[ERROR] PBP Transformation Function Logic Failed" };
  return judgeBackfill({
    params: { runDate: "2026-11-21" },
    before,
    after,
    end,
    details: null,
    stopped,
    explainedBy,
    timeoutMinutes: 20,
  });
}

describe("judgeBackfill", () => {
  it.each([
    [
      "all arrived",
      measured(0, 0),
      measured(3, 3),
      EXIT_0,
      "succeeded",
      "box scores 0 → 3 of 3, play-by-play 0 → 3 of 3",
    ],
    [
      "all arrived in spite of exit 1",
      measured(0, 0),
      measured(3, 3),
      EXIT_1,
      "succeeded",
      "(The program ended with exit 1)",
    ],
    [
      "box scores only",
      measured(0, 0),
      measured(3, 0),
      EXIT_0,
      "partly",
      "play-by-play of 3 of 3 games still missing",
    ],
    [
      "some games",
      measured(1, 1),
      measured(2, 2),
      EXIT_0,
      "partly",
      "box scores 1 → 2 of 3, play-by-play 1 → 2 of 3; box scores of 1 of 3 games and play-by-play of 1 of 3 games still missing",
    ],
    [
      "nothing, exit 0",
      measured(0, 0),
      measured(0, 0),
      EXIT_0,
      "no_effect",
      "Exit 0, but nothing arrived: box scores of 3 of 3 games and play-by-play of 3 of 3 games still missing",
    ],
    [
      "known rows again, holes stay",
      measured(3, 0),
      measured(3, 0, { newest: "2026-11-22T20:00:00Z" }),
      EXIT_0,
      "no_effect",
      "play-by-play of 3 of 3 games still missing",
    ],
    [
      "nothing, exit 1",
      measured(0, 0),
      measured(0, 0),
      EXIT_1,
      "failed",
      "The program ended with exit 1; nothing arrived",
    ],
    [
      "nothing, killed",
      measured(0, 0),
      measured(0, 0),
      KILLED,
      "failed",
      "The program was killed by SIGKILL; nothing arrived",
    ],
    [
      "whole before, rows written again",
      measured(3, 3),
      measured(3, 3, { newest: "2026-11-22T20:00:00Z" }),
      EXIT_0,
      "succeeded",
      "Nothing was missing; 450 rows were written again",
    ],
    [
      "whole before, nothing changed",
      measured(3, 3),
      measured(3, 3),
      EXIT_0,
      "succeeded",
      "Nothing was missing, nothing changed",
    ],
    ["whole before, exit 1", measured(3, 3), measured(3, 3), EXIT_1, "failed", "nothing had been missing"],
    [
      "a day without games",
      measured(0, 0, { expected: 0 }),
      measured(0, 0, { expected: 0 }),
      EXIT_0,
      "succeeded",
      "No game was expected",
    ],
  ] as const)("%s", (_name, before, after, end, state, outcome) => {
    const verdict = judge(before, after, end);
    expect(verdict.state).toBe(state);
    expect(verdict.outcome).toContain(outcome);
  });

  it.each([
    ["cancelled", "cancelled", "Cancelled while it ran; nothing was written"],
    ["timed-out", "timed_out", "Ended after 20 minutes without finishing; nothing was written"],
    ["shutdown", "interrupted", "The worker was shut down while this ran; nothing was written"],
    ["lost-claim", "interrupted", "lost its claim"],
    ["worker-lost", "interrupted", "The worker was lost while this ran; nothing was written"],
  ] as const)("stopped: %s", (stopped, state, outcome) => {
    const verdict = judge(measured(0, 0), measured(0, 0), KILLED, stopped);
    expect(verdict.state).toBe(state);
    expect(verdict.outcome).toContain(outcome);
  });

  it("tells what a cancelled run had written before its end", () => {
    expect(judge(measured(0, 0), measured(3, 0), KILLED, "cancelled").outcome).toContain(
      "box scores 0 → 3 of 3",
    );
  });

  it("does not guess an effect that could not be measured", () => {
    const verdict = judge(measured(0, 0), { unmeasured: "The warehouse does not answer." }, EXIT_0);
    expect(verdict.state).toBe("interrupted");
    expect(verdict.outcome).toContain("The warehouse does not answer.");
    expect(verdict.receipt).toMatchObject({ after: null, unmeasured: "The warehouse does not answer." });
  });

  it.each<[string, ProcessEnd, string]>([
    ["exit 1", { kind: "exited", exitCode: 1 }, "The program ended with exit 1; nothing arrived"],
    [
      "a signal",
      { kind: "signalled", signal: "SIGSEGV" },
      "The program was killed by SIGSEGV; nothing arrived",
    ],
    [
      "an end that nobody saw",
      { kind: "lost", reason: "its supervisor was lost (SIGKILL)" },
      "How the program ended is not known: its supervisor was lost (SIGKILL); nothing arrived",
    ],
  ])("names %s", (_name, end, outcome) => {
    const verdict = judge(measured(0, 0), measured(0, 0), end);
    expect(verdict.state).toBe("failed");
    expect(verdict.outcome).toContain(outcome);
  });

  it("says why a program did not start", () => {
    const end: ProcessEnd = { kind: "not-started", reason: "The program python does not exist." };
    expect(judge(measured(0, 0), measured(0, 0), end)).toMatchObject({
      state: "failed",
      outcome: expect.stringContaining("does not exist"),
    });
  });

  it("keeps game by game what was there before and after, and the line that explains a hole", () => {
    const { receipt } = judge(measured(1, 1), measured(3, 2), EXIT_0);
    expect(receipt.boxscores).toEqual({ before: 1, after: 3, rowsBefore: 25, rowsAfter: 75 });
    expect(receipt.games[2]).toMatchObject({
      game: "BKN @ CHA",
      before: { boxscores: false },
      after: { boxscores: true, pbp: false },
    });
    expect(receipt.stillMissing).toEqual([{ game: "BKN @ CHA", lacks: ["pbp"] }]);
    expect(receipt.explainedBy?.seq).toBe(6);
  });

  it("explains nothing where nothing is missing", () => {
    expect(judge(measured(0, 0), measured(3, 3), EXIT_0).receipt.explainedBy).toBeNull();
  });

  it("does not count a game that was waived or withdrawn", () => {
    const after = measured(2, 2);
    const third = after.games[2];
    if (third) third.standing = "waived";
    expect(judge(measured(0, 0), after, EXIT_0).state).toBe("succeeded");
  });
});
