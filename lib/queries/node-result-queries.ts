import { queryOptions } from "@tanstack/react-query";
import { dbtNodeResultsSchema, dbtNodeSqlSchema } from "@/lib/contracts/run-kinds/dbt";
import { fetchJson } from "./fetch-json";
import { runKeys } from "./run-queries";

/** Keys of what is known of a dbt run's nodes. */
export const nodeResultKeys = {
  /** Below its run's: what the stream says of the run has the nodes read again, too. */
  of: (runId: string) => [...runKeys.detail(runId), "nodes"] as const,
  sql: (runId: string, uniqueId: string) => ["compiled-sql", runId, uniqueId] as const,
};

/** How each model and test of a dbt run ended, or stands so far. */
export function nodeResultsQuery(runId: string) {
  return queryOptions({
    queryKey: nodeResultKeys.of(runId),
    queryFn: ({ signal }) => fetchJson(`/api/runs/${runId}/nodes`, dbtNodeResultsSchema, { signal }),
  });
}

/** The SQL that dbt ran for one node: kept with the run, so it never changes. */
export function compiledSqlQuery(runId: string, uniqueId: string) {
  const path = `/api/runs/${runId}/nodes/${encodeURIComponent(uniqueId)}/sql`;
  return queryOptions({
    queryKey: nodeResultKeys.sql(runId, uniqueId),
    queryFn: ({ signal }) => fetchJson(path, dbtNodeSqlSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
