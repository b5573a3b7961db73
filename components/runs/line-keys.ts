/** The line that a key leads to from `seq`, of `lines` in all; null for keys that lead to none. */
export function targetLine(key: string, seq: number, lines: number, linesInView: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(lines, seq + 1);
    case "ArrowUp":
      return Math.max(1, seq - 1);
    case "PageDown":
      return Math.min(lines, seq + linesInView);
    case "PageUp":
      return Math.max(1, seq - linesInView);
    case "Home":
      return 1;
    case "End":
      return lines;
    default:
      return null;
  }
}
