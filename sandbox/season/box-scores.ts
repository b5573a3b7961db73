import { activePlayers, type Play, playsOf } from "./play-by-play";
import { gameKey, type ScheduledGame } from "./season";
import { type SeededRandom, seededRandom } from "./seeded-random";

/** A player's line in a game; points and shots made add up to the game's plays. */
export interface BoxScore {
  player: string;
  /** Acronyms. */
  team: string;
  opponent: string;
  location: "A" | "H";
  outcome: "W" | "L";
  minutes: number;
  fieldGoals: number;
  fieldGoalAttempts: number;
  threes: number;
  threeAttempts: number;
  freeThrows: number;
  freeThrowAttempts: number;
  offensiveRebounds: number;
  defensiveRebounds: number;
  assists: number;
  steals: number;
  blocks: number;
  turnovers: number;
  fouls: number;
  points: number;
  plusMinus: number;
}

/** The box scores of both teams, away first, about 25 lines. */
export function boxScoresOf(game: ScheduledGame, plays: readonly Play[] = playsOf(game)): BoxScore[] {
  const final = plays.at(-1);
  const homeMargin = final === undefined ? 0 : final.homeScore - final.awayScore;
  return (["away", "home"] as const).flatMap((side) => {
    const margin = side === "home" ? homeMargin : -homeMargin;
    const random = seededRandom(`box ${game.date} ${gameKey(game)} ${side}`);
    const active = activePlayers(game, game[side]);
    return active.map((player, rank) => ({
      ...scoringOf(player, side, plays, random),
      ...otherStatistics(rank, margin, random),
      player,
      team: game[side].acronym,
      opponent: game[side === "home" ? "away" : "home"].acronym,
      location: side === "home" ? "H" : "A",
      outcome: margin > 0 ? "W" : "L",
    }));
  });
}

function scoringOf(player: string, side: Play["side"], plays: readonly Play[], random: SeededRandom) {
  const own = plays.filter((play) => play.player === player && play.side === side);
  const made = (kind: Play["kind"]) => own.filter((play) => play.kind === kind).length;
  const threes = made("three");
  const fieldGoals = made("two") + threes;
  const freeThrows = made("freeThrow");
  return {
    fieldGoals,
    fieldGoalAttempts: fieldGoals + random.between(threes > 0 ? 1 : 0, 8),
    threes,
    threeAttempts: threes + (threes > 0 ? 1 : 0),
    freeThrows,
    freeThrowAttempts: freeThrows + random.between(0, 2),
    points: own.reduce((sum, play) => sum + play.points, 0),
  };
}

function otherStatistics(rank: number, margin: number, random: SeededRandom) {
  const minutes = Math.max(2, 37 - 2.9 * rank + random.between(-3, 3));
  const upTo = (most: number) => Math.round(random.next() * most * (minutes / 36));
  return {
    minutes: Math.round(minutes * 10) / 10,
    offensiveRebounds: upTo(4),
    defensiveRebounds: upTo(10),
    assists: upTo(10),
    steals: upTo(3),
    blocks: upTo(3),
    turnovers: upTo(5),
    fouls: upTo(5),
    plusMinus: Math.round((margin * minutes) / 48) + random.between(-6, 6),
  };
}
