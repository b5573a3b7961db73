import type { Run } from "@/lib/generated/prisma/client";

/** A row of `backcourt.run` with the database's own column names, as raw SQL gives it. */
export type RunRow = Record<string, unknown>;

/** The row that `returning r.*` gave, as Prisma's own queries give it: one question less than to read it again. */
export function runOfRow(row: RunRow): Run {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [fieldOf(column), value])) as Run;
}

/** `lock_key` is `lockKey`: every field's name follows from its column's. */
function fieldOf(column: string): string {
  return column.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
