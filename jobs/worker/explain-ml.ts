import type { MlReason } from "@/lib/contracts/run-kinds/ml";
import type { Explanation } from "./run-handler";

/**
 * Lines of the ML program that say why it did not predict, the most telling first. It exits 0 in most of these
 * cases, so its log is the only place that says so.
 */
const EXPLANATIONS: readonly (readonly [pattern: RegExp, reason: MlReason])[] = [
  [/date mismatch/i, "date-mismatch"],
  [/(?<!\b(?:no|0) )duplicate/i, "duplicates"],
  [
    /season.*(?:missing|not found|does not exist|no row|no such)|(?:missing|no row|no such).*season/i,
    "flag-missing",
  ],
  [/season.*(?:disabled|not enabled|is off|turned off|skipping)|(?:disabled|skipping).*season/i, "flag-off"],
  [/ml_game_features.*(?:does not exist|undefined)/i, "features-missing"],
  [
    /no games?\b|(?:features?|data ?frame|table).*(?:empty|no rows|0 rows)|nothing to predict/i,
    "features-empty",
  ],
  [/^\s*\w*(?:Error|Exception)\b.*:/, "error"],
  [/^\[(?:ERROR|CRITICAL)\]/, "error"],
];

/** The better explanation of the two: the more telling one, and of equals the earlier. */
export function explainMl(
  known: Explanation | null,
  line: { seq: number; text: string },
): Explanation | null {
  const rank = EXPLANATIONS.findIndex(([pattern]) => pattern.test(line.text));
  if (rank === -1 || (known !== null && known.rank <= rank)) return known;
  return { ...line, rank };
}

/** What a line of the log says was the reason; null for a line that explains nothing. */
export function mlReasonOfLine(text: string): MlReason | null {
  return EXPLANATIONS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
