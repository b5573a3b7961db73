import type { DbtNodeResult } from "@/lib/contracts/run-kinds/dbt";

export type NodeStatus = DbtNodeResult["status"];

/** dbt's words for how a node stands, as events and results write them, of any version. */
const STATUS_OF: Record<string, NodeStatus> = {
  started: "running",
  compiling: "running",
  executing: "running",
  success: "success",
  pass: "pass",
  warn: "warn",
  fail: "fail",
  error: "error",
  "runtime error": "error",
  "partial success": "error",
  skipped: "skipped",
};

/** Null for words that say nothing of it: `None`, `no-op`. */
export function nodeStatusOf(word: string | null | undefined): NodeStatus | null {
  return STATUS_OF[word?.toLowerCase() ?? ""] ?? null;
}

/** Sources, exposures and their like come up in dbt's results too, though nothing is run for them. */
const REPORTED = new Set(["model", "seed", "snapshot", "function", "test", "unit_test"]);

export function isReported(type: string): boolean {
  return REPORTED.has(type);
}

export function isTestType(type: string): boolean {
  return type === "test" || type === "unit_test";
}

/** The type is a unique id's first part: `model.nba.standings`. */
export function typeOf(uniqueId: string): string {
  return uniqueId.split(".", 1)[0] ?? "";
}

/**
 * What a selector calls a node, by its id: `model.nba.dim_teams.v2` is `dim_teams.v2`; a generic test's id ends
 * in a hash, a unit test's begins with its model.
 */
export function nameOf(uniqueId: string): string {
  const [type, , ...rest] = uniqueId.split(".");
  if (type === "test") return rest[0] ?? uniqueId;
  if (type === "unit_test") return rest.slice(1).join(".") || uniqueId;
  return rest.join(".") || uniqueId;
}

/** dbt writes UTC, sometimes without saying so. */
export function momentOf(text: string | null | undefined): string | null {
  if (!text) return null;
  const moment = new Date(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
