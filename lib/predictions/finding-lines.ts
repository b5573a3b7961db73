import { FINDINGS, type Finding, type FindingLine } from "@/lib/contracts/predictions";

/** What a check of one finding gave: rows, or why it could not be checked. */
export type FindingCheck = { count: number } | { unchecked: string };

/** The sentence of each finding, for one and for several. */
const SENTENCES: Record<Finding, { none: string; one: string; many: (count: string) => string }> = {
  unpredicted: {
    none: "every expected game of the season that is due has a prediction",
    one: "1 expected game of the season has no prediction",
    many: (count) => `${count} expected games of the season have no prediction`,
  },
  "without-game": {
    none: "every prediction is of a game that was scheduled or played",
    one: "1 prediction is of a game that was neither scheduled nor played",
    many: (count) => `${count} predictions are of games that were neither scheduled nor played`,
  },
  duplicate: {
    none: "every game is predicted once",
    one: "1 row repeats a game",
    many: (count) => `${count} rows share a home team and a date with another row`,
  },
  "out-of-range": {
    none: "every win probability is within 0 and 1",
    one: "1 row has a win probability that is missing or not within 0 and 1",
    many: (count) => `${count} rows have a win probability that is missing or not within 0 and 1`,
  },
  "not-summing": {
    none: "the two probabilities of every row add up to 1",
    one: "the probabilities of 1 row do not add up to 1",
    many: (count) => `the probabilities of ${count} rows do not add up to 1`,
  },
  "after-tip-off": {
    none: "every prediction was first written before its game's tip-off",
    one: "1 prediction was first written after its game's tip-off",
    many: (count) => `${count} predictions were first written after their games' tip-off`,
  },
  "unreadable-date": {
    none: "every game date can be read",
    one: "1 row has a game date that cannot be read",
    many: (count) => `${count} rows have a game date that cannot be read`,
  },
};

/** One line for each finding, in their order. `fillable`: unpredicted games that can still be filled. */
export function findingLines(
  checks: Readonly<Record<Finding, FindingCheck>>,
  fillable: number,
): FindingLine[] {
  return FINDINGS.map((finding) => {
    const check = checks[finding];
    if ("unchecked" in check)
      return { finding, count: null, text: `could not be checked: ${check.unchecked}`, fillable: 0 };
    return {
      finding,
      count: check.count,
      text: sentenceOf(finding, check.count),
      fillable: finding === "unpredicted" ? fillable : 0,
    };
  });
}

function sentenceOf(finding: Finding, count: number): string {
  const { none, one, many } = SENTENCES[finding];
  if (count === 0) return none;
  return count === 1 ? one : many(count.toLocaleString("en-US"));
}
