export type CsvCell = string | number | null;

/** One line of CSV by RFC 4180, its end included. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map((cell) => quoted(cellText(cell))).join(",")}\r\n`;
}

/**
 * A text that begins like a formula gets an apostrophe in front, or a spreadsheet would execute what somebody
 * else wrote (OWASP, CSV Injection). Numbers are ours, and keep their sign.
 */
function cellText(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  return /^\s*[=+\-@]|^[\t\r]/.test(cell) ? `'${cell}` : cell;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
