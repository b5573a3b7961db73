/**
 * SQL for a timestamp as milliseconds since 1970, UTC whether the column has a time zone or not. A double holds
 * PostgreSQL's microseconds of this century exactly enough to tell two apart.
 */
export function momentOf(expression: string): string {
  return `(extract(epoch from ${expression}) * 1000)::float8`;
}
