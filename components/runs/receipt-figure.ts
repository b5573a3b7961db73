import type { RunDetail } from "@/lib/contracts/runs";
import { easternSeconds } from "./format-moment";
import { isActive } from "./run-state";

/** A figure of the receipt: what is read at arm's length, and what stands small beside it. */
export type Figure = {
  value: string;
  note: string;
  tone: "none" | "plain" | "whole" | "partial" | "missing";
};

export type LabelledFigure = { label: string; figure: Figure };

/** Stands for what is measured only at the run's end, or was not. */
export function unknownFigure(run: RunDetail): Figure {
  return { value: "—", note: isActive(run.state) ? "measured at the end" : "not measured", tone: "none" };
}

/** How the run's program ended: its exit code, or the signal that ended it. */
export function exitFigure(run: RunDetail): Figure {
  const ended = run.finishedAt === null ? "" : `ended ${easternSeconds(run.finishedAt)}`;
  // After a cancel the signal is what was asked for.
  if (run.signal !== null)
    return { value: run.signal, note: ended, tone: run.state === "cancelled" ? "plain" : "missing" };
  if (run.exitCode !== null)
    return { value: String(run.exitCode), note: ended, tone: run.exitCode === 0 ? "plain" : "missing" };
  if (run.state === "queued") return { value: "—", note: "not started", tone: "none" };
  if (isActive(run.state)) return { value: "—", note: "not ended", tone: "none" };
  return { value: "none", note: ended, tone: "plain" };
}
