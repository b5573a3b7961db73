// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const COLOUR = /\u001b\[[0-9;]*m/g;

/** A text without its colours. */
export function withoutColours(text: string): string {
  return text.replace(COLOUR, "");
}

/** A node's message without colours, and without the path of compiled SQL in a folder that is gone by then. */
export function cleanMessage(message: string | null): string | null {
  if (message === null) return null;
  const lines = withoutColours(message)
    .split(/\r?\n/)
    .filter((line) => !/^\s*compiled (?:code|SQL) at /i.test(line));
  return lines.join("\n").trim() || null;
}

/** The rows in PostgreSQL's word for a finished statement: 30 in `SELECT 30`, 12 in `INSERT 0 12`. */
export function rowsOfMessage(message: string | null): number | null {
  const rows = /^(?:SELECT|INSERT 0|UPDATE|DELETE|MERGE) (\d+)$/.exec(message ?? "")?.[1];
  return rows === undefined ? null : Number(rows);
}
