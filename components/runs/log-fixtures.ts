import type { LogLine } from "@/lib/contracts/log";

/** A line for tests. */
export function logLine(seq: number, text = `line ${seq}`): LogLine {
  return { seq, at: "2026-11-22T20:42:10.100Z", channel: "stderr", text };
}

/** Consecutive lines for tests, both ends included. */
export function logLines(from: number, to: number): LogLine[] {
  return Array.from({ length: to - from + 1 }, (_, index) => logLine(from + index));
}
