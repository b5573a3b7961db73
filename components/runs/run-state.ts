import type { Glyph } from "@/components/freshness/date-state";
import type { RunState } from "@/lib/contracts/runs";

export type RunStateLook = {
  /** The one word for it, on every screen. */
  label: string;
  glyph: Glyph;
  /** Name of the colour token in app/tokens.css: `--whole`, `--whole-tint`, ... */
  tone: "accent" | "whole" | "partial" | "missing" | "pending";
  /** What it means, and what to do, for a person who sees it for the first time. */
  description: string;
};

const RING = "M6 1.6a4.4 4.4 0 1 1 0 8.8a4.4 4.4 0 0 1 0-8.8";

/** Each state by word, glyph and colour; no two share a glyph, so none is told by its colour alone. */
export const RUN_STATE_LOOK: Record<RunState, RunStateLook> = {
  queued: {
    label: "queued",
    glyph: { fill: "M1.2 5h2v2h-2zM5 5h2v2H5zM8.8 5h2v2h-2z" },
    tone: "pending",
    description: "Waiting to start.",
  },
  running: {
    label: "running",
    glyph: { fill: "M3.4 1.8v8.4L10.2 6z" },
    tone: "accent",
    description: "The program is running.",
  },
  verifying: {
    label: "verifying",
    glyph: { stroke: "M5 1.6a3.4 3.4 0 1 1 0 6.8a3.4 3.4 0 0 1 0-6.8M7.6 7.6 10.4 10.4" },
    tone: "accent",
    description: "The program has ended. The warehouse is being measured to see what changed.",
  },
  succeeded: {
    label: "succeeded",
    glyph: { stroke: "M2.2 6.4 4.8 9 9.9 3.4" },
    tone: "whole",
    description: "Everything that was expected is in the warehouse.",
  },
  partly: {
    label: "partly",
    glyph: { stroke: RING, fill: "M6 1.6a4.4 4.4 0 0 0 0 8.8z" },
    tone: "partial",
    description: "Some of what was expected arrived, and some is still missing.",
  },
  no_effect: {
    label: "no effect",
    glyph: { stroke: `${RING}M2.4 9.6 9.6 2.4` },
    tone: "partial",
    description: "That is no success: nothing changed in the warehouse although something was to.",
  },
  failed: {
    label: "failed",
    glyph: { stroke: "M2.6 2.6 9.4 9.4M9.4 2.6 2.6 9.4" },
    tone: "missing",
    description: "The program ended with an error. The first error in the log says more.",
  },
  timed_out: {
    label: "timed out",
    glyph: { stroke: `${RING}M6 3.7V6l1.7 1.3` },
    tone: "missing",
    description: "It took longer than it may and was stopped; what it had written by then was measured.",
  },
  cancelled: {
    label: "cancelled",
    glyph: { fill: "M2.6 2.6h6.8v6.8H2.6z" },
    tone: "pending",
    description: "A person stopped it. Nothing of it is left running, and the same can be run again at once.",
  },
  interrupted: {
    label: "interrupted",
    glyph: { fill: "M7 .8 2.6 6.9h2.9L4.8 11.2 9.4 5H6.4z" },
    tone: "missing",
    description: "Nothing runs again by itself; it can be ordered again at any time.",
  },
  refused: {
    label: "refused",
    glyph: { stroke: `${RING}M3.9 6h4.2` },
    tone: "partial",
    description: "It was not started, because something that it needs did not hold.",
  },
};

/** True until the run has reached its one final state. */
export function isActive(state: RunState): boolean {
  return state === "queued" || state === "running" || state === "verifying";
}
