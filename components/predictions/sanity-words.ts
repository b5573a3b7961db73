import { countText } from "@/components/freshness/day-label";
import type { FindingLine } from "@/lib/contracts/predictions";

/** `partial`: somebody should look. `calm`: games that nobody can fill any more. */
export type FindingTone = "none" | "partial" | "calm" | "unknown";

export function toneOfFinding({ finding, count, fillable }: FindingLine): FindingTone {
  if (count === null) return "unknown";
  if (count === 0) return "none";
  return finding === "unpredicted" && fillable === 0 ? "calm" : "partial";
}

/** The checks in two words: what was found, and by how many of them. Lost games alone are no fault. */
export function sanityHeadline(lines: readonly FindingLine[]): {
  headline: string;
  aside: string;
  tone: "whole" | "partial" | "none";
} {
  if (lines.length === 0) return { headline: "unknown", aside: "nothing could be checked", tone: "none" };
  const tones = lines.map(toneOfFinding);
  const found = tones.filter((tone) => tone === "partial").length;
  const unknown = tones.filter((tone) => tone === "unknown").length;
  const checked = lines.length - unknown;
  const aside = `${countText(checked, "check")}${unknown > 0 ? `, ${unknown} not possible` : ""}`;
  if (found > 0) return { headline: countText(found, "finding"), aside: `by ${aside}`, tone: "partial" };
  return { headline: "no faults", aside: `by ${aside}`, tone: "whole" };
}
