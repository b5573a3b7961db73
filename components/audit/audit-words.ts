import { ACCEPTED, AUDIT_ACTION_WORDS, type AuditEntry } from "@/lib/contracts/audit";

/** `Order a run`; an action without words keeps its own name. */
export function actionWords(action: string): string {
  return AUDIT_ACTION_WORDS[action] ?? action;
}

const REFUSALS: Readonly<Record<string, string>> = {
  "invalid-request": "not valid",
  unauthenticated: "not signed in",
  forbidden: "not allowed",
  "not-found": "not found",
  "method-not-allowed": "not allowed",
  conflict: "in conflict",
  "too-large": "too large",
  "too-many": "too many",
  internal: "our fault",
};

/** The result in a word or two, and the tone of its badge. */
export function resultLook(result: string): { label: string; tone: "whole" | "missing" } {
  if (result === ACCEPTED) return { label: "accepted", tone: "whole" };
  return { label: REFUSALS[result] ?? "refused", tone: "missing" };
}

/** The second line of a row: why it was refused, or else why it was asked for. */
export function whyOf({ result, message, reason }: AuditEntry): string | null {
  if (result !== ACCEPTED) return message;
  return reason === null ? message : `“${reason}”`;
}

/** The parameters as text to read, or null where there were none. */
export function paramsText(params: unknown): string | null {
  if (typeof params === "object" && params !== null && Object.keys(params).length === 0) return null;
  return JSON.stringify(params, null, 2);
}
