import { addDays, type GameDate, weekdayOf } from "@/lib/game-date";

export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** A week from Monday to Sunday; null where the season, or the month, has no such day. */
export type Week = (GameDate | null)[];
export type Month = { id: string; label: string; weeks: Week[] };
/** A month's name over the columns of the weeks that begin in it. */
export type MonthSpan = { id: string; label: string; weeks: number };

/** The dates as weeks, each padded to seven. `dates` ascending and without a gap. */
export function toWeeks(dates: GameDate[]): Week[] {
  const weeks: Week[] = [];
  for (const date of dates) {
    const weekday = weekdayOf(date);
    if (weekday === 0 || weeks.length === 0) weeks.push(Array<GameDate | null>(7).fill(null));
    const week = weeks.at(-1);
    if (week) week[weekday] = date;
  }
  return weeks;
}

/** The dates as months, each with its own weeks. */
export function toMonths(dates: GameDate[]): Month[] {
  // Map.groupBy would say it in a line; Node 20, which renders this too, has none.
  const byMonth = new Map<string, GameDate[]>();
  for (const date of dates) {
    const id = date.slice(0, 7);
    byMonth.set(id, [...(byMonth.get(id) ?? []), date]);
  }
  return [...byMonth].map(([id, days]) => ({ id, label: monthLabel(id, "long"), weeks: toWeeks(days) }));
}

/** One span for each month over the weeks: a week belongs to the month of its first day that is shown. */
export function monthSpans(weeks: Week[]): MonthSpan[] {
  const spans: MonthSpan[] = [];
  for (const week of weeks) {
    const id = week.find((date) => date !== null)?.slice(0, 7) ?? "";
    const last = spans.at(-1);
    if (last?.id === id) last.weeks += 1;
    else spans.push({ id, label: monthLabel(id, "short"), weeks: 1 });
  }
  return spans;
}

/** Every date between the first and the last one of `dates`, so that weeks have no gaps. */
export function fillGaps(dates: GameDate[]): GameDate[] {
  const first = dates[0];
  const last = dates.at(-1);
  if (!first || !last) return [];
  const all: GameDate[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) all.push(date);
  return all;
}

function monthLabel(id: string, length: "long" | "short"): string {
  const options: Intl.DateTimeFormatOptions =
    length === "long" ? { month: "long", year: "numeric" } : { month: "short" };
  return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }).format(
    new Date(`${id}-01T00:00:00Z`),
  );
}
