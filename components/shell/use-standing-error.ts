import { useState } from "react";

/**
 * The error of a query that has no data yet, kept while the query tries again: the page would otherwise fall
 * back to its skeleton and return to the error every few seconds.
 */
export function useStandingError(query: { data: unknown; error: Error | null }): Error | null {
  const [last, setLast] = useState<Error | null>(null);
  const standing = query.data === undefined ? (query.error ?? last) : null;
  if (standing !== last) setLast(standing);
  return standing;
}
