import { addDays, datesFromTo, type GameDate } from "../../lib/game-date";
import { gameKey, gamesOn, type ScheduledGame, seasonWindow } from "../season/season";
import { TEAMS } from "../season/teams";
import { isDue, newestRunDate } from "./daily-run-times";

/** Every way in which a date of the seeded warehouse is not whole. */
export const HOLE_KINDS = [
  "late",
  "missing",
  "no-plays",
  "partial",
  "silver-absent",
  "silver-doubled",
  "unscheduled",
  "withdrawn",
  "off",
  "predictions-gap",
  "predictions-today",
] as const;
export type HoleKind = (typeof HOLE_KINDS)[number];

export interface SeededHole {
  date: GameDate;
  kind: HoleKind;
  note: string;
  /** The games concerned, `LAL@PHX`: those that lack something, or the odd one; empty on a day off. */
  games: string[];
}

const PARTIAL_DROPS = 3;
const PARTIAL_LEAST_GAMES = 7;

/**
 * The holes that the seed leaves, newest first by kind. A kind is absent where the season has no date for it,
 * which a season of 60 past days does not do.
 */
export function seededHoles(now: Date, anchorDate: string): SeededHole[] {
  const { first } = seasonWindow(anchorDate);
  const due = datesFromTo(first, anchorDate).filter((date) => isDue(date, now));
  const played = due.filter((date) => gamesOn(date, anchorDate).length > 0).reverse();
  const gamesAt = (date: GameDate) => gamesOn(date, anchorDate);
  const keysAt = (date: GameDate) => gamesAt(date).map(gameKey);
  const taken = new Set<GameDate>();
  const holes: SeededHole[] = [];

  /** Uses the first free date that lies at least `daysBack` played dates before the newest one. */
  const take = (
    kind: HoleKind,
    daysBack: number,
    note: string,
    gamesOf: (date: GameDate) => string[] = keysAt,
    leastGames = 2,
  ) => {
    const date = played.find(
      (day, index) => index >= daysBack && !taken.has(day) && gamesAt(day).length >= leastGames,
    );
    if (date === undefined) return;
    taken.add(date);
    holes.push({ date, kind, note, games: gamesOf(date) });
  };

  take("late", 0, "the daily run found no box scores; the source has them now");
  take("predictions-gap", 2, "predictions of two games were never made", (day) => keysAt(day).slice(0, 2));
  take("no-plays", 4, "box scores of every game, plays of none");
  take(
    "partial",
    7,
    `box scores and plays of all games but ${PARTIAL_DROPS}`,
    (day) => keysAt(day).slice(-PARTIAL_DROPS),
    PARTIAL_LEAST_GAMES,
  );
  take("silver-doubled", 12, "backfilled a day later, then appended to silver a second time");
  take("silver-absent", 17, "bronze is whole, silver holds nothing");
  take("missing", 23, "no data of any game, in bronze or silver");
  take("unscheduled", 30, "one game has data and no row in the schedule", (day) => keysAt(day).slice(0, 1));
  take("withdrawn", 36, "one row of the schedule stopped moving two days before its game", (day) => [
    gameKey(phantomOn(day, anchorDate)),
  ]);
  for (const date of due) {
    if (gamesAt(date).length === 0) holes.push({ date, kind: "off", note: "a day without games", games: [] });
  }
  const runDate = newestRunDate(now);
  const unpredicted = keysAt(runDate).slice(0, 2);
  if (unpredicted.length > 0) {
    holes.push({
      date: runDate,
      kind: "predictions-today",
      note: "the newest predictions lack these games; the feature table holds them",
      games: unpredicted,
    });
  }
  return holes;
}

/** A game that was called off: two teams that do not play on `date`, as a row of the schedule. */
export function phantomOn(date: GameDate, anchorDate: string): ScheduledGame {
  const busy = new Set(gamesOn(date, anchorDate).flatMap(({ away, home }) => [away.acronym, home.acronym]));
  const [away, home] = TEAMS.filter((team) => !busy.has(team.acronym));
  if (away === undefined || home === undefined) throw new Error(`every team plays on ${date}`);
  return { date, away, home, startTime: "7:30p" };
}

/** The run date before which the schedule's refresh stopped touching a withdrawn row. */
export function withdrawnSince(date: GameDate): GameDate {
  return addDays(date, -2);
}
