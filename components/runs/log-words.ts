/** `11 lines`, `1 line`, `100,000 lines`. */
export function countText(lines: number): string {
  return lines === 1 ? "1 line" : `${lines.toLocaleString("en-US")} lines`;
}

/** `3 of 41`, `41` while none of them is looked at, and what stands there before all is known. */
export function findsText(
  { total, looking, problem }: { total: number; looking: boolean; problem: string | null },
  position: number,
): string {
  if (problem !== null) return "not searched";
  const count = `${total.toLocaleString("en-US")}${looking && total > 0 ? "+" : ""}`;
  if (total === 0) return looking ? "…" : "no line";
  return position === 0 ? count : `${position.toLocaleString("en-US")} of ${count}`;
}

/** `7 errors`, `1 error`, `2 of 7 errors`. */
export function errorsText(
  { total, looking }: { total: number; looking: boolean },
  position: number,
): string {
  const count = `${total.toLocaleString("en-US")}${looking ? "+" : ""}`;
  const word = total === 1 && !looking ? "error" : "errors";
  return position === 0 ? `${count} ${word}` : `${position.toLocaleString("en-US")} of ${count} ${word}`;
}
