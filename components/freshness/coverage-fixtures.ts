import type { DateSummary } from "@/lib/contracts/coverage";

/** A date's summary for tests: an off day in November unless told otherwise. */
export function summaryOf(given: Partial<DateSummary>): DateSummary {
  return {
    date: "2026-11-19",
    state: "off",
    dueAt: "2026-11-20T12:30:00.000Z",
    expected: 0,
    boxscores: 0,
    pbp: 0,
    silver: 0,
    unscheduled: 0,
    withdrawn: 0,
    waived: 0,
    unplayed: 0,
    predictions: null,
    lacking: [],
    advice: { stage: "none", step: "none", text: "", command: null, dbt: null },
    ...given,
  };
}

/** `count` expected games that lack plays. */
export function lackingGames(count: number): DateSummary["lacking"] {
  return Array.from({ length: count }, (_, index) => ({ game: `LAL @ T${index}`, lacks: ["pbp"] }));
}
