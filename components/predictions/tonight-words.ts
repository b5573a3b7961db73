import { countText } from "@/components/freshness/day-label";
import type { DatePredictions, PredictionsSummary } from "@/lib/contracts/predictions";
import { shortLabel } from "@/lib/game-date";
import { ofText } from "./prediction-words";

/** From the due time, 12:30 UTC of a date, to its close at 24:00 UTC. */
const OPEN_MS = 11.5 * 3_600_000;

/** A sentence, and the moment that it leads up to, which is written behind it. */
export type TonightLine = { text: string; at: string | null; tone: "plain" | "partial" };

export type TonightWords = {
  /** `7 of 9` */
  headline: string;
  tone: "whole" | "partial" | "none";
  lines: TonightLine[];
};

/** How tonight's games stand with their predictions, and what the ML program would do now. */
export function tonightWords({
  tonight,
  mlToday,
}: Pick<PredictionsSummary, "tonight" | "mlToday">): TonightWords {
  if (tonight === null) return { headline: "unknown", tone: "none", lines: [] };
  const { expected, predicted, fillable } = tonight;
  const next = mlToday !== null && mlToday.date !== tonight.date ? [nextLine(mlToday)] : [];
  if (expected === 0)
    return {
      headline: "no games",
      tone: "none",
      lines: [plain("Nothing is to be predicted tonight."), ...next],
    };
  return {
    headline: ofText(predicted, expected),
    tone: predicted === expected ? "whole" : fillable > 0 ? "partial" : "none",
    lines: [...tonightLines(tonight), ...next],
  };
}

function tonightLines({
  expected,
  predicted,
  pending,
  fillable,
  lost,
  closesAt,
}: DatePredictions): TonightLine[] {
  const lines: TonightLine[] = [];
  if (predicted === expected) lines.push(plain("Every game of tonight has its prediction."));
  if (pending > 0) lines.push(plain(`${pluralOf(pending, "is", "are")} due at`, dueOf(closesAt)));
  if (fillable > 0)
    lines.push({
      text: `${countText(fillable, "game")} can still be predicted, until`,
      at: closesAt,
      tone: "partial",
    });
  if (lost > 0)
    lines.push(
      plain(
        `${pluralOf(lost, "was", "were")} not predicted in time, and will stay so: it closed at`,
        closesAt,
      ),
    );
  return lines;
}

/** After 24:00 UTC, while tonight's games are still being played. */
function nextLine({ date, expected, predicted, pending, fillable, closesAt }: DatePredictions): TonightLine {
  const now = `ML now predicts ${shortLabel(date)}:`;
  if (expected === 0) return plain(`${now} no games.`);
  const count = `${now} ${ofText(predicted, expected)} ${expected === 1 ? "game" : "games"}`;
  if (pending > 0) return plain(`${count}, the rest due at`, dueOf(closesAt));
  if (fillable > 0) return { text: `${count}, the rest until`, at: closesAt, tone: "partial" };
  return plain(`${count}.`);
}

function plain(text: string, at: string | null = null): TonightLine {
  return { text, at, tone: "plain" };
}

function pluralOf(count: number, one: string, many: string): string {
  return `${countText(count, "game")} ${count === 1 ? one : many}`;
}

function dueOf(closesAt: string): string {
  return new Date(Date.parse(closesAt) - OPEN_MS).toISOString();
}
