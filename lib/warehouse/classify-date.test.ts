import { describe, expect, it } from "vitest";
import type { DateState } from "@/lib/contracts/coverage";
import { easternDate } from "@/lib/game-date";
import { classifyDate } from "./classify-date";
import type { Doubling } from "./find-doubling";
import { createRefreshLog } from "./game-standing";
import { type ActiveWaiver, indexWaivers, judgeGames } from "./judge-games";
import type { MeasuredGame } from "./measured-game";
import { emptyGame, sampleGame } from "./sample-game";

type Given = {
  date?: string;
  now?: string;
  measuredAt?: string;
  games: MeasuredGame[];
  waivers?: ActiveWaiver[];
  silver?: { boxscores: boolean; pbp: boolean };
  newestSilverPlay?: string | null;
  doubling?: Doubling | null;
};

function classify({
  date = "2026-11-19",
  now = "2026-11-22T18:00:00Z",
  measuredAt = now,
  games,
  waivers = [],
  silver = { boxscores: true, pbp: true },
  newestSilverPlay = "2026-11-21",
  doubling = null,
}: Given) {
  return classifyDate({
    date,
    today: easternDate(new Date(now)),
    asOf: new Date(measuredAt),
    games: judgeGames(games, createRefreshLog([]), indexWaivers(waivers)),
    silver,
    newestSilverPlay,
    doubling,
  });
}

const whole = (key = "LAL@PHX") => sampleGame({ key });
const empty = (key = "BOS@NYK") => emptyGame({ key });
const withoutPlays = (key = "BOS@NYK") => sampleGame({ key, plays: 0, silverPlays: 0 });

function waiver(game: string): ActiveWaiver {
  const waivedAt = new Date("2026-11-21T09:00:00Z");
  return { id: "w", gameDate: "2026-11-19", game, reason: "called off", waivedBy: "op", waivedAt };
}

describe("classifyDate", () => {
  const states: [string, DateState, Given][] = [
    ["all games whole", "whole", { games: [whole(), whole("BOS@NYK")] }],
    ["no games", "off", { games: [] }],
    ["nothing of any game", "missing", { games: [empty(), empty("LAL@PHX")] }],
    ["one game lacks everything", "partial", { games: [whole(), empty()] }],
    ["box scores of all, plays of none", "partial", { games: [withoutPlays(), withoutPlays("LAL@PHX")] }],
    ["plays without box scores", "partial", { games: [emptyGame({ plays: 90 })] }],
    ["box scores of one team alone", "partial", { games: [sampleGame({ homeRows: 0, plays: 0 })] }],
    ["silver has no box scores", "stale", { games: [sampleGame({ silverRows: 0 })] }],
    ["silver has fewer box scores", "stale", { games: [sampleGame({ silverRows: 24 })] }],
    ["silver has doubled box scores", "stale", { games: [sampleGame({ silverRows: 50 })] }],
    ["silver is older than bronze", "stale", { games: [sampleGame({ silverWrittenAt: 0 })] }],
    ["silver has no plays", "stale", { games: [sampleGame({ silverPlays: 0 })] }],
    ["bronze comes before silver", "partial", { games: [sampleGame({ silverRows: 0 }), empty()] }],
    ["only unscheduled data", "off", { games: [sampleGame({ isScheduled: false })] }],
    ["unscheduled data beside a hole", "missing", { games: [sampleGame({ isScheduled: false }), empty()] }],
    ["a play-off slot without data", "off", { games: [emptyGame({ tipOff: null })] }],
    ["a play-off slot with data was played", "whole", { games: [sampleGame({ tipOff: "11:00" })] }],
    ["a play-off slot with some data", "partial", { games: [emptyGame({ tipOff: "", plays: 90 })] }],
    ["the only game is waived", "off", { games: [empty()], waivers: [waiver("BOS@NYK")] }],
    ["the lacking game is waived", "whole", { games: [whole(), empty()], waivers: [waiver("BOS@NYK")] }],
    [
      "a waived game with some data stays waived",
      "off",
      { games: [withoutPlays()], waivers: [waiver("BOS@NYK")] },
    ],
    [
      "a waived game whose data came in full counts as what it is",
      "stale",
      { games: [sampleGame({ silverRows: 0 })], waivers: [waiver("LAL@PHX")] },
    ],
  ];
  it.each(states)("%s: %s", (_, state, given) => {
    expect(classify(given).state).toBe(state);
  });

  const clock: [string, DateState, string][] = [
    ["before noon UTC of the next day", "pending", "2026-11-20T11:00:00Z"],
    ["a second before it is due", "pending", "2026-11-20T12:29:59Z"],
    ["when it is due", "missing", "2026-11-20T12:30:00Z"],
    ["on its day, a second before Eastern midnight", "pending", "2026-11-20T04:59:59Z"],
    ["a second before its day begins in the East", "upcoming", "2026-11-19T04:59:59Z"],
    ["as its day begins in the East", "pending", "2026-11-19T05:00:00Z"],
  ];
  it.each(clock)("%s: %s", (_, state, now) => {
    expect(classify({ games: [empty()], now }).state).toBe(state);
  });

  const daylightSaving: [string, DateState, string, string][] = [
    ["the day that summer time begins, in the East", "pending", "2026-03-08", "2026-03-08T05:00:00Z"],
    ["the day after, an hour earlier in UTC", "pending", "2026-03-09", "2026-03-09T04:00:00Z"],
    ["a second before that", "upcoming", "2026-03-09", "2026-03-09T03:59:59Z"],
    ["due by UTC all the same", "pending", "2026-03-07", "2026-03-08T12:29:59Z"],
    ["due by UTC all the same", "missing", "2026-03-07", "2026-03-08T12:30:00Z"],
    ["the day after summer time ends", "upcoming", "2026-11-02", "2026-11-02T04:59:59Z"],
    ["the day after summer time ends, begun", "pending", "2026-11-02", "2026-11-02T05:00:00Z"],
  ];
  it.each(daylightSaving)("%s: %s", (_, state, date, now) => {
    expect(classify({ date, games: [emptyGame({ date })], now }).state).toBe(state);
  });

  it("is upcoming before it is anything else, without games too", () => {
    const now = "2026-11-15T00:00:00Z";
    expect(classify({ games: [], now }).state).toBe("upcoming");
    expect(classify({ games: [whole()], now }).state).toBe("upcoming");
  });

  it("stays pending with data, and says how much is there", () => {
    const { state, boxscores, advice } = classify({
      games: [whole(), empty()],
      now: "2026-11-20T12:10:00Z",
    });
    expect({ state, boxscores }).toEqual({ state: "pending", boxscores: 1 });
    expect(advice).toEqual({
      stage: "scheduled",
      step: "wait",
      text: "Due Fri Nov 20 at 12:30 UTC (7:30 AM ET); 1 of 2 games there already",
      command: null,
      dbt: null,
    });
  });

  it("does not call a date missing that fell due after a stale measurement", () => {
    const given = { games: [empty()], now: "2026-11-20T15:00:00Z" };
    expect(classify({ ...given, measuredAt: "2026-11-20T11:00:00Z" }).state).toBe("pending");
    expect(classify(given).state).toBe("missing");
  });

  it("judges by bronze alone where silver does not exist", () => {
    const silver = { boxscores: false, pbp: false };
    const summary = classify({ games: [sampleGame({ silverRows: null, silverPlays: null })], silver });
    expect(summary).toMatchObject({ state: "whole", silver: null });
    expect(summary.advice.text).toBe("1 of 1 game in bronze; silver does not exist here");
  });

  it("counts games by standing, and only the expected ones as expected", () => {
    const games = [
      whole(),
      withoutPlays(),
      empty("MIA@ORL"),
      emptyGame({ key: "DEN@UTA", tipOff: null }),
      sampleGame({ key: "SAS@DAL", isScheduled: false }),
    ];
    expect(classify({ games, waivers: [waiver("MIA@ORL")] })).toMatchObject({
      expected: 2,
      boxscores: 2,
      pbp: 1,
      silver: 1,
      unscheduled: 1,
      waived: 1,
      unplayed: 1,
      withdrawn: 0,
      lacking: [{ game: "BOS @ NYK", lacks: ["pbp"] }],
    });
  });
});

describe("advice", () => {
  const nine = (make: (key: string) => MeasuredGame, ...others: MeasuredGame[]) => [
    ...Array.from({ length: 9 - others.length }, (_, index) => make(`A${index}@B${index}`)),
    ...others,
  ];
  const lacks: [string, MeasuredGame[]][] = [
    ["9 of 9 games lack box scores and play-by-play", nine(empty)],
    ["9 of 9 games lack play-by-play", nine(withoutPlays)],
    ["1 of 9 games lacks play-by-play", nine(whole, withoutPlays())],
    ["1 of 9 games lacks box scores", nine(whole, emptyGame({ plays: 80 }))],
    [
      "1 of 9 games lacks box scores, 2 of 9 lack play-by-play",
      nine(whole, empty(), withoutPlays("MIA@ORL")),
    ],
    ["1 of 1 game lacks box scores and play-by-play", [empty()]],
  ];
  it.each(lacks)("backfill: %s", (text, games) => {
    expect(classify({ games }).advice).toEqual({
      stage: "bronze",
      step: "backfill",
      text,
      command: null,
      dbt: null,
    });
  });

  const USUAL = "dbt build --select fact_boxscores+ fact_pbp_data+ --target prod";
  const FULL = `${USUAL} --full-refresh`;
  const absent = { silverRows: 0, silverPlays: 0 };
  const builds: [string, string, Given][] = [
    [
      "later than silver's newest play, nothing in silver",
      USUAL,
      { games: [sampleGame(absent)], newestSilverPlay: "2026-11-18" },
    ],
    ["no plays in silver at all", USUAL, { games: [sampleGame(absent)], newestSilverPlay: null }],
    ["as old as silver's newest play", FULL, { games: [sampleGame(absent)], newestSilverPlay: "2026-11-19" }],
    ["older than silver's newest play", FULL, { games: [sampleGame(absent)] }],
    ["plays are there, box scores are not", FULL, { games: [sampleGame({ silverRows: 0 })] }],
    ["doubled", FULL, { games: [sampleGame({ silverRows: 50 })] }],
    ["silver holds older box scores", FULL, { games: [sampleGame({ silverWrittenAt: 0 })] }],
    [
      "silver holds box scores of another game of the date",
      FULL,
      { games: [whole(), sampleGame({ key: "BOS@NYK", ...absent })], newestSilverPlay: "2026-11-18" },
    ],
  ];
  it.each(builds)("dbt, %s: %s", (_, command, given) => {
    expect(classify(given).advice).toMatchObject({
      stage: "silver",
      step: "dbt",
      command,
      dbt: { select: ["fact_boxscores+", "fact_pbp_data+"], fullRefresh: command === FULL },
    });
  });

  it("says why dbt needs a full refresh", () => {
    const later = "2026-11-18";
    expect(
      classify({ games: [sampleGame(absent), whole("BOS@NYK")], newestSilverPlay: later }).advice.text,
    ).toBe(
      "1 of 2 games is behind in silver: 1 without box scores, 1 without play-by-play. It takes a full refresh: silver already holds box scores of this date, and the usual build may double them.",
    );
    expect(classify({ games: [sampleGame(absent)] }).advice.text).toContain(
      "It takes a full refresh: the usual build takes only plays later than Sat Nov 21.",
    );
    expect(classify({ games: [sampleGame({ silverRows: 0 })] }).advice.dbt?.why).toBe(
      "It takes a full refresh: silver holds plays up to Sat Nov 21, and the usual build may pass over older box scores",
    );
  });

  it("rebuilds for the sake of another date, at whose doubled box scores the usual build breaks off", () => {
    const late = { games: [sampleGame(absent)], newestSilverPlay: "2026-11-18" };
    const doubling = { date: "2026-11-09", isThere: true };
    expect(classify({ ...late, doubling }).advice).toMatchObject({
      command: FULL,
      dbt: {
        fullRefresh: true,
        forAnother: true,
        why: "It takes a full refresh: silver's box scores of Mon Nov 9 are doubled, and the test that fails then holds up all that comes after it",
      },
    });
    expect(classify({ ...late, doubling: { ...doubling, isThere: false } }).advice.dbt?.why).toContain(
      ": the usual build may double box scores of Mon Nov 9, and",
    );
    const ownReason = classify({ games: [sampleGame(absent)], doubling }).advice.dbt;
    expect(ownReason).toMatchObject({ forAnother: false, why: expect.stringContaining("only plays later") });
  });

  it("has nothing to do for dates that are whole, off or to come", () => {
    const none = { stage: "none", step: "none", command: null, dbt: null };
    expect(classify({ games: [whole()] }).advice).toEqual({
      ...none,
      text: "1 of 1 game in bronze and silver",
    });
    expect(classify({ games: [] }).advice).toEqual({ ...none, text: "No games" });
    expect(classify({ games: [empty()], waivers: [waiver("BOS@NYK")] }).advice.text).toBe(
      "No games expected: 1 waived",
    );
    const now = "2026-11-15T00:00:00Z";
    expect(classify({ games: [whole(), empty()], now }).advice).toEqual({
      ...none,
      text: "2 games scheduled",
    });
    expect(classify({ games: [], now }).advice.text).toBe("No games scheduled");
  });
});
