import type { DateState, DateSummary } from "@/lib/contracts/coverage";
import { needsAttention } from "./order-attention";

export type SeasonSummary = {
  /** Dates with expected games whose data are due, and of those the whole ones; the same by game. */
  dates: { played: number; whole: number };
  games: { played: number; whole: number; scheduled: number };
  attention: { dates: number; oldest: DateSummary | null };
  /** The first date with games whose data are not due yet. */
  nextDue: DateSummary | null;
  count: Record<DateState, number>;
};

/** The season in a few numbers. `dates` in the order of the calendar. */
export function summarizeSeason(dates: DateSummary[]): SeasonSummary {
  const summary: SeasonSummary = {
    dates: { played: 0, whole: 0 },
    games: { played: 0, whole: 0, scheduled: 0 },
    attention: { dates: 0, oldest: null },
    nextDue: null,
    count: { upcoming: 0, off: 0, pending: 0, missing: 0, partial: 0, stale: 0, whole: 0 },
  };
  for (const date of dates) {
    summary.count[date.state] += 1;
    summary.games.scheduled += date.expected;
    if (needsAttention(date)) {
      summary.attention.dates += 1;
      summary.attention.oldest ??= date;
    }
    if (date.expected === 0) continue;
    if (date.state === "pending" || date.state === "upcoming") {
      summary.nextDue ??= date;
      continue;
    }
    summary.dates.played += 1;
    summary.games.played += date.expected;
    summary.games.whole += date.expected - date.lacking.length;
    if (date.state === "whole") summary.dates.whole += 1;
  }
  return summary;
}
