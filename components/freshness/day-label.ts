import type { DateSummary } from "@/lib/contracts/coverage";
import type { PredictionCounts } from "@/lib/contracts/prediction-coverage";
import type { RunState } from "@/lib/contracts/runs";
import { longLabel } from "@/lib/game-date";
import { DATE_STATE } from "./date-state";

/** `3 games`, `1 game` */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

/** The numbers of a date: `9 games expected, box scores 9, play-by-play 6, silver 6, predictions 9`. */
export function numbersText(summary: DateSummary): string {
  const noneExpected = summary.state === "off" || (summary.state === "upcoming" && summary.expected === 0);
  if (noneExpected) return asideText(summary) || "no games";
  const parts = [`${countText(summary.expected, "game")} expected`];
  if (summary.state !== "upcoming") {
    parts.push(`box scores ${summary.boxscores}`, `play-by-play ${summary.pbp}`);
    if (summary.silver !== null) parts.push(`silver ${summary.silver}`);
    if (summary.predictions) parts.push(predictionsText(summary.predictions));
  }
  const aside = asideText(summary);
  return (aside ? [...parts, aside] : parts).join(", ");
}

/** `predictions 7`, and of the others those that a run of the ML program can still predict. */
function predictionsText({ predicted, fillable }: PredictionCounts): string {
  return `predictions ${predicted}${fillable > 0 ? ` (${fillable} fillable)` : ""}`;
}

/** The games that do not count: `1 withdrawn, 2 waived`; empty without any. */
export function asideText(summary: DateSummary): string {
  return (["unscheduled", "withdrawn", "waived", "unplayed"] as const)
    .flatMap((standing) => (summary[standing] > 0 ? [`${summary[standing]} ${standing}`] : []))
    .join(", ");
}

/** All that a cell shows, in words: `Thu Nov 19, 2026: partial, 9 games expected, box scores 9, ...`. */
export function dayLabel(
  summary: DateSummary,
  { today, run }: { today: boolean; run: RunState | null },
): string {
  const parts = [DATE_STATE[summary.state].label, numbersText(summary)];
  if (today) parts.push("today");
  if (run) parts.push(`backfill ${run}`);
  return `${longLabel(summary.date)}: ${parts.join(", ")}`;
}
