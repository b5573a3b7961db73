import type { DateState } from "@/lib/contracts/coverage";

/** A glyph in a 12 x 12 box: lines drawn along `stroke`, areas filled along `fill`. */
export type Glyph = { stroke?: string; fill?: string; dashed?: boolean };

export type DateStateLook = {
  label: string;
  glyph: Glyph;
  /** Name of the colour token in app/tokens.css: `--whole`, `--whole-tint`, ... */
  tone: "whole" | "partial" | "missing" | "stale" | "pending";
  description: string;
  /** Whether a cell of the calendar shows the glyph: quiet where nothing is to be done. */
  loud: boolean;
};

/** One word, one colour, one glyph for each state of a date; never colour alone. */
export const DATE_STATE: Record<DateState, DateStateLook> = {
  whole: {
    label: "whole",
    glyph: { stroke: "M2.2 6.4 4.8 9 9.9 3.4" },
    tone: "whole",
    description: "bronze and silver hold every expected game",
    loud: false,
  },
  partial: {
    label: "partial",
    glyph: { stroke: "M6 1.6a4.4 4.4 0 1 1 0 8.8a4.4 4.4 0 0 1 0-8.8", fill: "M6 1.6a4.4 4.4 0 0 0 0 8.8z" },
    tone: "partial",
    description: "some expected game lacks box scores or plays",
    loud: true,
  },
  missing: {
    label: "missing",
    glyph: { stroke: "M2.6 2.6 9.4 9.4M9.4 2.6 2.6 9.4" },
    tone: "missing",
    description: "nothing of any expected game has arrived",
    loud: true,
  },
  stale: {
    label: "stale",
    glyph: { stroke: "M9.9 6.9A4.1 4.1 0 1 1 8.6 2.9M9.7 1.2v2.6H7.1" },
    tone: "stale",
    description: "bronze is whole and silver is behind: dbt is due, not a backfill",
    loud: true,
  },
  pending: {
    label: "pending",
    glyph: { fill: "M1.2 5h2v2h-2zM5 5h2v2H5zM8.8 5h2v2h-2z" },
    tone: "pending",
    description: "not due before 12:30 UTC of the next day",
    loud: true,
  },
  upcoming: {
    label: "upcoming",
    glyph: { stroke: "M2 2h8v8H2z", dashed: true },
    tone: "pending",
    description: "after today, US Eastern time",
    loud: false,
  },
  off: {
    label: "off",
    glyph: { stroke: "M3.5 6h5" },
    tone: "pending",
    description: "no games",
    loud: false,
  },
};

/** The order of the legend: what is right, what is not, what is still to come. */
export const LEGEND_ORDER = [
  "whole",
  "partial",
  "missing",
  "stale",
  "pending",
  "upcoming",
] as const satisfies DateState[];
