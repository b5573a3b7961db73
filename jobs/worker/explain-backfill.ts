import type { Explanation } from "./run-handler";

/**
 * Lines of the ingestion program that explain a hole, the most telling first. The program swallows its errors
 * and exits 0, so its log is the only place that says why nothing came.
 */
const EXPLANATIONS: readonly RegExp[] = [
  /aren't available yet for/i,
  /no games played on/i,
  /PBP Transformation Function Logic Failed/i,
  /Box Scores? Function Failed/i,
  /feature flag.*(?:disabled|not enabled|is off|skipping)|(?:disabled|not enabled|is off|skipping).*feature flag/i,
  /\b(?:HTTP Error|HTTPError|ConnectionError|Connection (?:refused|reset)|timed out|Too Many Requests)\b/i,
  /^\s*\w*(?:Error|Exception)\b.*:/,
  /^\[(?:ERROR|CRITICAL)\]/,
];

/** The better explanation of the two: the more telling one, and of equals the earlier. */
export function explainBackfill(
  known: Explanation | null,
  line: { seq: number; text: string },
): Explanation | null {
  const rank = EXPLANATIONS.findIndex((pattern) => pattern.test(line.text));
  if (rank === -1 || (known !== null && known.rank <= rank)) return known;
  return { ...line, rank };
}
