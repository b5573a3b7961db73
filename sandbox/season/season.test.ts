import { describe, expect, it } from "vitest";
import { addDays, datesFromTo } from "../../lib/game-date";
import { boxScoresOf } from "./box-scores";
import { playsOf } from "./play-by-play";
import { rosterOf } from "./rosters";
import { gameKey, gamesOn, type ScheduledGame, seasonWindow } from "./season";
import { TEAMS } from "./teams";

const ANCHOR = "2025-02-10";
const { first, last } = seasonWindow(ANCHOR);
const DATES = datesFromTo(first, last);
const GAMES = DATES.flatMap((date) => gamesOn(date, ANCHOR));

describe("the league", () => {
  it("has 30 teams in two conferences, with the pipeline's acronyms", () => {
    expect(TEAMS).toHaveLength(30);
    expect(TEAMS.filter((team) => team.conference === "Eastern")).toHaveLength(15);
    expect(new Set(TEAMS.map((team) => team.acronym)).size).toBe(30);
    expect(TEAMS.map((team) => team.acronym)).toEqual(expect.arrayContaining(["PHX", "CHA", "BKN"]));
  });

  it("has no player's name twice", () => {
    const players = TEAMS.flatMap(rosterOf);
    expect(new Set(players).size).toBe(30 * 13);
  });
});

describe("the schedule", () => {
  it("hangs on the date alone, whatever the anchor", () => {
    const pairs = (anchor: string) => DATES.slice(10, 60).map((date) => gamesOn(date, anchor).map(gameKey));
    expect(pairs(ANCHOR)).toEqual(pairs(ANCHOR));
    expect(pairs(addDays(ANCHOR, 5))).toEqual(pairs(ANCHOR));
  });

  it("has 2 to 14 games a date, some days off, and no team twice on a date", () => {
    const counts = new Set(DATES.map((date) => gamesOn(date, ANCHOR).length));
    expect(counts.has(0)).toBe(true);
    expect(Math.max(...counts)).toBeLessThanOrEqual(14);
    expect(counts.has(1)).toBe(false);
    for (const date of DATES) {
      const teams = gamesOn(date, ANCHOR).flatMap(({ away, home }) => [away.acronym, home.acronym]);
      expect(new Set(teams).size).toBe(teams.length);
    }
  });

  it("has nothing outside the season", () => {
    expect(gamesOn(addDays(first, -1), ANCHOR)).toEqual([]);
    expect(gamesOn(addDays(last, 1), ANCHOR)).toEqual([]);
  });

  it("tips off at a known Eastern time, but for the play-offs at its end", () => {
    const uncertain = (game: ScheduledGame) => !/^\d{1,2}:[0-5]\dp$/.test(game.startTime ?? "");
    const tail = GAMES.filter((game) => game.date > addDays(last, -6));
    expect(GAMES.filter(uncertain)).toEqual(tail.filter(uncertain));
    const times = tail.map((game) => game.startTime);
    expect(times).toEqual(expect.arrayContaining([null, ""]));
    expect(times.filter((time) => time === "11:00")).toHaveLength(1);
    expect(tail.some((game) => !uncertain(game))).toBe(true);
  });
});

describe("a game", () => {
  const sample = GAMES.slice(0, 120);

  it("repeats itself play by play", () => {
    const [game] = sample;
    if (game === undefined) throw new Error("the season has no games");
    expect(playsOf(game)).toEqual(playsOf({ ...game }));
    expect(boxScoresOf(game)).toEqual(boxScoresOf({ ...game }));
  });

  it("adds up: plays, points, winner and final score", () => {
    for (const game of sample) expectToAddUp(game);
  });
});

function expectToAddUp(game: ScheduledGame): void {
  const name = `${game.date} ${gameKey(game)}`;
  const plays = playsOf(game);
  const boxScores = boxScoresOf(game, plays);
  const final = plays.at(-1);
  if (final === undefined) throw new Error(`nobody scored in ${name}`);
  const sideOf = (acronym: string) => boxScores.filter((line) => line.team === acronym);
  const pointsOf = (acronym: string) => sideOf(acronym).reduce((sum, line) => sum + line.points, 0);
  expect(pointsOf(game.away.acronym), name).toBe(final.awayScore);
  expect(pointsOf(game.home.acronym), name).toBe(final.homeScore);
  expect(final.awayScore, name).not.toBe(final.homeScore);

  const winner = final.homeScore > final.awayScore ? game.home : game.away;
  for (const line of boxScores) expect(line.outcome, name).toBe(line.team === winner.acronym ? "W" : "L");

  const keys = plays.map((play) => `${play.period} ${play.secondsLeft} ${play.side} ${play.description}`);
  expect(new Set(keys).size, name).toBe(plays.length);
  expect(plays.length, name).toBeGreaterThan(95);
  expect(plays.length, name).toBeLessThan(180);
  for (const acronym of [game.away.acronym, game.home.acronym]) {
    expect([12, 13], name).toContain(sideOf(acronym).length);
  }
}
