import { describe, expect, it } from "vitest";
import type { FindingLine } from "@/lib/contracts/predictions";
import { sanityHeadline, toneOfFinding } from "./sanity-words";

const line = (finding: FindingLine["finding"], count: number | null, fillable = 0): FindingLine => ({
  finding,
  count,
  fillable,
  text: "",
});

describe("toneOfFinding", () => {
  it.each([
    [line("duplicate", 0), "none"],
    [line("duplicate", 2), "partial"],
    [line("duplicate", null), "unknown"],
    [line("unpredicted", 4), "calm"],
    [line("unpredicted", 4, 1), "partial"],
  ] as const)("%j", (given, tone) => expect(toneOfFinding(given)).toBe(tone));
});

describe("sanityHeadline", () => {
  it.each([
    [[], { headline: "unknown", aside: "nothing could be checked", tone: "none" }],
    [
      [line("unpredicted", 4), line("duplicate", 0)],
      { headline: "no faults", aside: "by 2 checks", tone: "whole" },
    ],
    [
      [line("unpredicted", 4, 4), line("duplicate", 1), line("not-summing", 0)],
      { headline: "2 findings", aside: "by 3 checks", tone: "partial" },
    ],
    [
      [line("duplicate", 0), line("after-tip-off", null)],
      { headline: "no faults", aside: "by 1 check, 1 not possible", tone: "whole" },
    ],
  ])("%#", (lines, expected) => expect(sanityHeadline(lines)).toEqual(expected));
});
