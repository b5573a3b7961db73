import type { ComponentType } from "react";
import type { RunDetail, RunState } from "@/lib/contracts/runs";
import type { LabelledFigure } from "../receipt-figure";

export type KindPartProps = {
  run: RunDetail;
  /** Goes to a line of the log. */
  onLine: (seq: number) => void;
};

/** How runs of one kind are shown: what the run page and the list cannot know of every kind. */
export type KindView = {
  /** The receipt strip, before and after there is a receipt. */
  figures(run: RunDetail): [LabelledFigure, LabelledFigure, LabelledFigure, LabelledFigure];
  /** Above the log, at all times. */
  Main: ComponentType<KindPartProps> | null;
  /** Beside the log, at all times; for what the receipt says in detail. */
  Side: ComponentType<KindPartProps> | null;
  /** The step that would help, once the run has ended. */
  Next: ComponentType<KindPartProps> | null;
  /** Orders the same again, once the run has ended; stands with the page's actions. */
  Again: ComponentType<{ run: RunDetail }> | null;
  /** What a cancel does, for the dialog that asks. */
  cancelText: string;
  /** What is being done after a cancel, where no program is being stopped. */
  cancellingText?: string;
  /** An outcome without what this kind's page shows elsewhere; left out where it is short as it is. */
  outcomeText?(outcome: string): string;
  /** What a state means here, where it is not what it means of any run. */
  stateWords: Partial<Record<RunState, string>>;
};
