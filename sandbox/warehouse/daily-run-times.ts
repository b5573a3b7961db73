import { addDays, dueAt, type GameDate } from "../../lib/game-date";

/** A timestamp column's text: UTC without a time zone. */
export type UtcTimestamp = string;

/** The moment `time` (`12:01:07`, UTC) of a date. */
export function utcAt(date: GameDate, time: string): UtcTimestamp {
  return `${date} ${time}`;
}

/** The UTC date of the newest daily run that has begun, at 12:00 UTC. */
export function newestRunDate(now: Date): GameDate {
  const today = now.toISOString().slice(0, 10);
  return now.getTime() >= Date.parse(`${today}T12:00:00Z`) ? today : addDays(today, -1);
}

/**
 * When the schedule row of a game date was last refreshed: every daily run touches the rows of its own day and
 * of all later ones, so a row keeps moving until the run on its own date.
 */
export function scheduleRefreshedAt(date: GameDate, now: Date): UtcTimestamp {
  const newest = newestRunDate(now);
  return utcAt(date < newest ? date : newest, "12:00:00");
}

/** When the daily run wrote the box scores of a game date: the next day, a minute after its start. */
export function boxScoresWrittenAt(date: GameDate): UtcTimestamp {
  return utcAt(addDays(date, 1), "12:01:07");
}

/** When the daily run wrote the plays of a game date. */
export function playsWrittenAt(date: GameDate): UtcTimestamp {
  return utcAt(addDays(date, 1), "12:01:49");
}

/** True once the data of a game date ought to be in the warehouse. */
export function isDue(date: GameDate, now: Date): boolean {
  return dueAt(date).getTime() <= now.getTime();
}
