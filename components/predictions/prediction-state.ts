import type { Glyph } from "@/components/freshness/date-state";
import type { PredictionState } from "@/lib/contracts/prediction-coverage";

type PredictionStateLook = {
  label: string;
  glyph: Glyph;
  /** Name of the colour token. `lost` is nobody's alarm. */
  tone: "whole" | "partial" | "pending";
  description: string;
};

/** One word, one colour, one glyph for how a game stands with its prediction. */
export const PREDICTION_STATE: Record<PredictionState, PredictionStateLook> = {
  predicted: {
    label: "predicted",
    glyph: { stroke: "M2.2 6.4 4.8 9 9.9 3.4" },
    tone: "whole",
    description: "has a prediction",
  },
  pending: {
    label: "pending",
    glyph: { fill: "M1.2 5h2v2h-2zM5 5h2v2H5zM8.8 5h2v2h-2z" },
    tone: "pending",
    description: "the daily run predicts it: due at 12:30 UTC of its date",
  },
  fillable: {
    label: "fillable",
    glyph: { stroke: "M6 2v8M2 6h8" },
    tone: "partial",
    description: "has none, and a run of the ML program can still make one: until 24:00 UTC of its date",
  },
  lost: {
    label: "lost",
    glyph: { stroke: "M3 6h6" },
    tone: "pending",
    description: "was not predicted by 24:00 UTC of its date; nobody can fill it any more",
  },
};
