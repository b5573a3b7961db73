import { addDays, daysBetween, type GameDate, weekdayOf } from "../../lib/game-date";
import { type SeededRandom, seededRandom } from "./seeded-random";
import { TEAMS, type Team } from "./teams";

export const PAST_DAYS = 60;
export const COMING_DAYS = 30;
const PLAYOFF_DAYS = 6;
const DAYS_OFF_SHARE = 1 / 13;

/** A row of the schedule. */
export interface ScheduledGame {
  date: GameDate;
  away: Team;
  home: Team;
  /** Eastern, `7:30p`; empty, null or `11:00` for a play-off game that may never be played. */
  startTime: string | null;
}

/** The first and the last date of the season built around `anchorDate`, which is one in Eastern time. */
export function seasonWindow(anchorDate: GameDate): { first: GameDate; last: GameDate } {
  return { first: addDays(anchorDate, -PAST_DAYS), last: addDays(anchorDate, COMING_DAYS) };
}

/** `LAL@PHX`: how a game is named within its date. */
export function gameKey(game: Pick<ScheduledGame, "away" | "home">): string {
  return `${game.away.acronym}@${game.home.acronym}`;
}

/**
 * The games of a date, none on a day off or outside the season. Who plays whom hangs on the date alone, so a
 * season built around a later anchor repeats the games of an earlier one; only the play-off tail moves.
 */
export function gamesOn(date: string, anchorDate: string): ScheduledGame[] {
  const { first, last } = seasonWindow(anchorDate);
  if (date < first || date > last) return [];
  const games = pairingsOf(date);
  if (daysBetween(date, last) >= PLAYOFF_DAYS) return games;
  const uncertain = games.map((game, index) => withUncertainTipOff(game, index));
  const [opener, ...others] = uncertain;
  if (opener === undefined || date !== firstPlayoffDate(last)) return uncertain;
  return [{ ...opener, startTime: "11:00" }, ...others];
}

function pairingsOf(date: GameDate): ScheduledGame[] {
  const random = seededRandom(`games of ${date}`);
  if (random.next() < DAYS_OFF_SHARE) return [];
  // The mean of two draws: mostly 6 to 10 games, seldom 2 or 14.
  const count = 2 + Math.floor(((random.next() + random.next()) / 2) * 13);
  const teams = random.shuffle(TEAMS);
  const games: ScheduledGame[] = [];
  for (let index = 0; index < count; index++) {
    const [away, home] = teams.slice(2 * index, 2 * index + 2);
    if (away === undefined || home === undefined) break;
    games.push({ date, away, home, startTime: tipOffOn(date, random) });
  }
  return games;
}

function tipOffOn(date: GameDate, random: SeededRandom): string {
  const weekend = weekdayOf(date) >= 5;
  const times = weekend
    ? ["1:00p", "3:30p", "6:00p", "7:30p", "8:30p"]
    : ["7:00p", "7:30p", "8:00p", "9:30p", "10:00p"];
  return random.weighted(times, () => 1);
}

function withUncertainTipOff(game: ScheduledGame, index: number): ScheduledGame {
  if (index % 3 === 0) return { ...game, startTime: null };
  if (index % 3 === 1) return { ...game, startTime: "" };
  return game;
}

function firstPlayoffDate(last: GameDate): GameDate | undefined {
  for (let back = PLAYOFF_DAYS - 1; back >= 0; back--) {
    const date = addDays(last, -back);
    if (pairingsOf(date).length > 0) return date;
  }
  return undefined;
}
