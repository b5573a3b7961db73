/**
 * A game date is a calendar date in US Eastern time, written `YYYY-MM-DD` from the click to the script's
 * argument. Nothing here ever turns one into a moment, except its due time, which the pipeline sets in UTC.
 */
export type GameDate = string;

const DAY_MS = 86_400_000;
const PATTERN = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** True for a real calendar date in ASCII digits: `2025-02-30`, other digits and trailing newlines are not. */
export function isGameDate(text: string): text is GameDate {
  if (!PATTERN.test(text) || text.length !== 10) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === text;
}

/** The game date `days` after `date` (before it when negative). */
export function addDays(date: GameDate, days: number): GameDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: GameDate, to: GameDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Every game date from `first` to `last`, both included; empty when `last` is earlier. */
export function datesFromTo(first: GameDate, last: GameDate): GameDate[] {
  return Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, day) => addDays(first, day));
}

/** 0 for Monday to 6 for Sunday: the calendar's rows. */
export function weekdayOf(date: GameDate): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

const EASTERN_DATE = new Intl.DateTimeFormat("en-CA", {
  timeZone: "America/New_York",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The game date in US Eastern time at the moment `now`. */
export function easternDate(now: Date): GameDate {
  return EASTERN_DATE.format(now);
}

/**
 * When the data of `date` are due: the daily run starts at 12:00 UTC of the next day and pulls yesterday's
 * games; 30 minutes of grace come on top.
 */
export function dueAt(date: GameDate): Date {
  return new Date(`${addDays(date, 1)}T12:30:00Z`);
}

const LONG_LABEL = new Intl.DateTimeFormat("en-US", {
  timeZone: "UTC",
  weekday: "short",
  month: "short",
  day: "numeric",
  year: "numeric",
});

/** `Thu Nov 19, 2026`, the way every screen names a game date. */
export function longLabel(date: GameDate): string {
  return LONG_LABEL.format(new Date(`${date}T00:00:00Z`)).replace(",", "");
}

/** `Thu Nov 19`, where the year is plain from its surroundings. */
export function shortLabel(date: GameDate): string {
  return longLabel(date).replace(/, \d{4}$/, "");
}
