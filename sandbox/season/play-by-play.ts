import { rosterOf } from "./rosters";
import { gameKey, type ScheduledGame } from "./season";
import { type SeededRandom, seededRandom } from "./seeded-random";
import { homeShareOfScoring } from "./team-strength";
import type { Team } from "./teams";

export type ShotKind = "two" | "three" | "freeThrow";

/** A scoring play. */
export interface Play {
  side: "away" | "home";
  player: string;
  kind: ShotKind;
  points: number;
  /** 1 to 4, then 5 and on for overtimes. */
  period: number;
  /** Seconds left in the period; a play's `period`, `secondsLeft` and `description` are unique in its game. */
  secondsLeft: number;
  description: string;
  awayScore: number;
  homeScore: number;
}

const QUARTER_SECONDS = 720;
const OVERTIME_SECONDS = 300;
const OVERTIME_MOMENTS = 11;
const POINTS: Record<ShotKind, number> = { two: 2, three: 3, freeThrow: 1 };

/** Who of a team plays in this game, best first: the whole roster, or all but one. */
export function activePlayers(game: ScheduledGame, team: Team): readonly string[] {
  const roster = rosterOf(team);
  const random = seededRandom(`rest ${game.date} ${team.acronym}`);
  if (random.next() < 0.5) return roster;
  const resting = random.between(0, roster.length - 1);
  return roster.filter((_, seat) => seat !== resting);
}

/** Every scoring play of a game in order, about 125 of them. The last one's score is final and never a tie. */
export function playsOf(game: ScheduledGame): Play[] {
  const random = seededRandom(`plays ${game.date} ${gameKey(game)}`);
  const plays: Play[] = [];
  for (let period = 1; period <= 4; period++) {
    playPeriod(game, random, plays, period, random.between(25, 28), QUARTER_SECONDS);
  }
  for (let period = 5; isTied(plays); period++) {
    playPeriod(game, random, plays, period, OVERTIME_MOMENTS, OVERTIME_SECONDS);
  }
  return plays;
}

function isTied(plays: readonly Play[]): boolean {
  const last = plays.at(-1);
  return last !== undefined && last.awayScore === last.homeScore;
}

function playPeriod(
  game: ScheduledGame,
  random: SeededRandom,
  plays: Play[],
  period: number,
  moments: number,
  seconds: number,
): void {
  const homeShare = homeShareOfScoring(game.away, game.home);
  const active = { away: activePlayers(game, game.away), home: activePlayers(game, game.home) };
  for (const secondsLeft of distinctSeconds(random, moments, seconds)) {
    const side = random.next() < homeShare ? "home" : "away";
    const player = random.weighted(active[side], (name) => 1 / (2 + active[side].indexOf(name)));
    for (const { kind, description } of shotsOfMoment(random, player)) {
      const points = POINTS[kind];
      const before = plays.at(-1) ?? { awayScore: 0, homeScore: 0 };
      plays.push({
        side,
        player,
        kind,
        points,
        period,
        secondsLeft,
        description,
        awayScore: before.awayScore + (side === "away" ? points : 0),
        homeScore: before.homeScore + (side === "home" ? points : 0),
      });
    }
  }
}

function distinctSeconds(random: SeededRandom, count: number, seconds: number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random.between(0, seconds - 1));
  return [...chosen].sort((one, other) => other - one);
}

function shotsOfMoment(random: SeededRandom, player: string): { kind: ShotKind; description: string }[] {
  const [first = "", last = ""] = player.split(" ");
  const name = `${first.charAt(0)}. ${last}`;
  const draw = random.next();
  if (draw < 0.25) {
    return [{ kind: "three", description: `${name} makes 3-pt jump shot from ${random.between(23, 29)} ft` }];
  }
  if (draw < 0.72) {
    const feet = random.between(0, 20);
    const shot = feet < 3 ? "layup at rim" : `jump shot from ${feet} ft`;
    return [{ kind: "two", description: `${name} makes 2-pt ${shot}` }];
  }
  const made = random.next() < 0.6 ? [1, 2] : [random.between(1, 2)];
  return made.map((attempt) => ({
    kind: "freeThrow",
    description: `${name} makes free throw ${attempt} of 2`,
  }));
}
