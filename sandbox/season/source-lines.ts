import { boxScoresOf } from "./box-scores";
import { playsOf } from "./play-by-play";
import type { ScheduledGame } from "./season";

const PERIODS = ["1st Quarter", "2nd Quarter", "3rd Quarter", "4th Quarter"];

/** `1st Quarter`, `1st OT`: how the source names the periods 1, 5 and so on. */
export function periodName(period: number): string {
  const overtime = period - PERIODS.length;
  return PERIODS[period - 1] ?? `${overtime}${["st", "nd", "rd"][overtime - 1] ?? "th"} OT`;
}

/** `11:38.0`: minutes and seconds left in a period. */
export function clockText(secondsLeft: number): string {
  return `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}.0`;
}

/** A game's box scores as the source publishes them; the keys are bronze's columns. */
export function boxScoreLines(game: ScheduledGame) {
  return boxScoresOf(game).map((line) => ({
    player: line.player,
    team: line.team,
    location: line.location,
    opponent: line.opponent,
    outcome: line.outcome,
    mp: line.minutes,
    fgm: line.fieldGoals,
    fga: line.fieldGoalAttempts,
    threepfgmade: line.threes,
    threepattempted: line.threeAttempts,
    ft: line.freeThrows,
    fta: line.freeThrowAttempts,
    oreb: line.offensiveRebounds,
    dreb: line.defensiveRebounds,
    trb: line.offensiveRebounds + line.defensiveRebounds,
    ast: line.assists,
    stl: line.steals,
    blk: line.blocks,
    tov: line.turnovers,
    pf: line.fouls,
    pts: line.points,
    plusminus: line.plusMinus,
  }));
}

/** A game's scoring plays as the source publishes them; the side that did not score has an empty description. */
export function playLines(game: ScheduledGame) {
  return playsOf(game).map((play) => ({
    timequarter: clockText(play.secondsLeft),
    numberperiod: periodName(play.period),
    descriptionplayvisitor: play.side === "away" ? play.description : "",
    descriptionplayhome: play.side === "home" ? play.description : "",
    scoreaway: play.awayScore,
    scorehome: play.homeScore,
    marginscore: Math.abs(play.homeScore - play.awayScore),
  }));
}
