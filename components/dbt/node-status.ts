import type { Glyph } from "@/components/freshness/date-state";
import { RUN_STATE_LOOK } from "@/components/runs/run-state";
import type { DbtNodeResult } from "@/lib/contracts/run-kinds/dbt";

export type NodeStatus = DbtNodeResult["status"];

type NodeStatusLook = {
  label: string;
  glyph: Glyph;
  tone: "accent" | "whole" | "partial" | "missing" | "pending";
};

const CHECK = RUN_STATE_LOOK.succeeded.glyph;
const CROSS = RUN_STATE_LOOK.failed.glyph;

/** How one node of a build stands, by word, glyph and colour. */
export const NODE_STATUS: Record<NodeStatus, NodeStatusLook> = {
  running: { label: "running", glyph: RUN_STATE_LOOK.running.glyph, tone: "accent" },
  success: { label: "built", glyph: CHECK, tone: "whole" },
  pass: { label: "passed", glyph: CHECK, tone: "whole" },
  warn: { label: "warned", glyph: { stroke: "M6 1.8 11 10.4H1zM6 5v2.4M6 8.7v.4" }, tone: "partial" },
  fail: { label: "failed", glyph: CROSS, tone: "missing" },
  error: { label: "error", glyph: CROSS, tone: "missing" },
  skipped: { label: "skipped", glyph: { stroke: "M2.4 3 6 6 2.4 9M6.4 3 10 6 6.4 9" }, tone: "pending" },
  cancelled: { label: "cancelled", glyph: RUN_STATE_LOOK.cancelled.glyph, tone: "pending" },
};

/** True for what somebody has to look at. */
export function hasFailed(status: NodeStatus): boolean {
  return status === "fail" || status === "error";
}
