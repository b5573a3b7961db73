import { describe, expect, it } from "vitest";
import type { GameStanding } from "@/lib/contracts/coverage";
import type { JudgedGame } from "./judge-games";
import { judgePredictions, type PredictedGame, type PredictedGames } from "./predicted-games";
import { createTeamDirectory } from "./team-directory";

const DATE = "2026-11-23";
const AFTERNOON = new Date("2026-11-23T20:00:00Z");

function judged(game: string, standing: GameStanding = "expected"): JudgedGame {
  const [away = "", home = ""] = game.split("@");
  return {
    measured: {
      date: DATE,
      away,
      home,
      schedule: null,
      boxscores: { awayRows: 0, homeRows: 0, newestAt: null },
      pbp: { rows: 0, newestAt: null },
      silverBoxscores: null,
      silverPbp: null,
      points: null,
    },
    standing,
    waiver: null,
    silverBoxscoresState: null,
    silverPlaysState: null,
  };
}

const predicted = (away: string, home: string, date = DATE): PredictedGame => ({
  date,
  away,
  home,
  awayWin: 0.4,
  homeWin: 0.6,
  firstWrittenAt: Date.parse("2026-11-23T12:06:20Z"),
});

function judge(games: PredictedGame[] | null, given: Partial<PredictedGames> = {}, now = AFTERNOON) {
  return judgePredictions({ games, problem: null, knownUntil: null, ...given }, createTeamDirectory([]), now);
}

describe("judgePredictions", () => {
  it("counts expected games only, each by its state", () => {
    const { counts } = judge([
      predicted("Los Angeles Lakers", "Phoenix Suns"),
      predicted("Chicago Bulls", "Miami Heat"),
    ]);
    const games = [
      judged("LAL@PHX"),
      judged("BOS@NYK"),
      judged("CHI@MIA", "unscheduled"),
      judged("UTA@SAC", "withdrawn"),
      judged("DEN@OKC", "waived"),
      judged("ATL@CHA", "unplayed"),
    ];
    expect(counts(DATE, games)).toEqual({
      predicted: 1,
      pending: 0,
      fillable: 1,
      lost: 0,
      closesAt: "2026-11-24T00:00:00.000Z",
    });
  });

  it("tells of a game what its prediction says, and nothing of one that nobody expects and that has none", () => {
    const { game } = judge([
      predicted("Los Angeles Lakers", "Phoenix Suns"),
      predicted("Chicago Bulls", "Miami Heat"),
    ]);
    expect(game(judged("LAL@PHX"))).toEqual({
      state: "predicted",
      homeWin: 0.6,
      awayWin: 0.4,
      firstWrittenAt: "2026-11-23T12:06:20.000Z",
    });
    expect(game(judged("BOS@NYK"))).toMatchObject({ state: "fillable", homeWin: null });
    expect(game(judged("CHI@MIA", "unscheduled"))).toMatchObject({ state: "predicted" });
    expect(game(judged("UTA@SAC", "withdrawn"))).toBeNull();
  });

  it.each([
    ["the other way round", predicted("Phoenix Suns", "Los Angeles Lakers")],
    ["on another date", predicted("Los Angeles Lakers", "Phoenix Suns", "2026-11-22")],
    ["of another team", predicted("Los Angeles Clippers", "Phoenix Suns")],
    ["of a team that nobody knows", predicted("Seattle SuperSonics", "Phoenix Suns")],
  ])("does not take for a game's prediction one %s", (_, other) => {
    expect(judge([other]).game(judged("LAL@PHX"))?.state).toBe("fillable");
  });

  it("finds a team that only the schedule and the predictions know", () => {
    const teams = createTeamDirectory([]);
    const acronym = teams.acronymOf("Seattle SuperSonics");
    const games = [predicted("Seattle SuperSonics", "Phoenix Suns")];
    const judge = judgePredictions({ games, problem: null, knownUntil: null }, teams, AFTERNOON);
    expect(judge.game(judged(`${acronym}@PHX`))?.state).toBe("predicted");
  });

  it("judges what is stale by the moment up to which it is known", () => {
    const knownUntil = new Date("2026-11-23T11:00:00Z");
    expect(judge([], { knownUntil, problem: "locked" }).game(judged("LAL@PHX"))?.state).toBe("pending");
    expect(judge([]).game(judged("LAL@PHX"))?.state).toBe("fillable");
  });

  it("knows nothing where nothing was ever read", () => {
    const { counts, game } = judge(null, { problem: "gold.ml_game_predictions does not exist" });
    expect([counts(DATE, [judged("LAL@PHX")]), game(judged("LAL@PHX"))]).toEqual([null, null]);
  });
});
