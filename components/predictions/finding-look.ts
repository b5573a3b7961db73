import type { Finding } from "@/lib/contracts/predictions";

type FindingLook = {
  /** As a choice of the filter. */
  name: string;
  /** On a row; null where the rows are games that have no prediction. */
  badge: string | null;
  description: string;
};

/** What can be amiss with predictions, in the words of the page. */
export const FINDING_LOOK: Record<Finding, FindingLook> = {
  unpredicted: {
    name: "Games without a prediction",
    badge: null,
    description: "expected by the schedule, due, and not in the table",
  },
  "without-game": {
    name: "Predictions without a game",
    badge: "no such game",
    description: "neither the schedule nor box scores know this game",
  },
  duplicate: {
    name: "Duplicates",
    badge: "duplicate",
    description: "another row has the same home team and date",
  },
  "out-of-range": {
    name: "Chances not within 0 to 1",
    badge: "not 0 to 1",
    description: "a win probability is missing, or not within 0 to 1",
  },
  "not-summing": {
    name: "Chances that do not add up to 1",
    badge: "sum is not 1",
    description: "the two win probabilities do not add up to 1",
  },
  "after-tip-off": {
    name: "First written after tip-off",
    badge: "after tip-off",
    description: "the row was first written after the game had begun",
  },
  "unreadable-date": {
    name: "Unreadable dates",
    badge: "no date",
    description: "the table's game date is not a date",
  },
};
