import { createParser } from "nuqs";

/** Lines that an address points to; `from` and `to` are the same for a single one. */
export type LineRange = { from: number; to: number };

const WRITTEN = /^(\d{1,9})(?:-(\d{1,9}))?$/;

/** `120` or `120-140`, whichever way round; null for anything else. */
export function parseLineRange(text: string): LineRange | null {
  const match = WRITTEN.exec(text);
  if (!match) return null;
  const first = Number(match[1]);
  const second = match[2] === undefined ? first : Number(match[2]);
  return first < 1 || second < 1 ? null : rangeOf(first, second);
}

/** As an address has it. */
export function formatLineRange({ from, to }: LineRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}

/** The lines between two, whichever comes first. */
export function rangeOf(one: number, other: number): LineRange {
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

/** `line 120`, `lines 120 to 140`. */
export function rangeText({ from, to }: LineRange): string {
  return from === to ? `line ${from}` : `lines ${from} to ${to}`;
}

/** `?line=` of a run's page. */
export const lineRangeParser = createParser<LineRange>({
  parse: parseLineRange,
  serialize: formatLineRange,
  eq: (one, other) => one.from === other.from && one.to === other.to,
});
