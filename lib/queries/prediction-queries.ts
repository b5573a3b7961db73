import { queryOptions } from "@tanstack/react-query";
import {
  type PredictionColumn,
  type PredictionsFilter,
  predictionsPageSchema,
  predictionsSummarySchema,
} from "@/lib/contracts/predictions";
import { coverageKeys } from "./coverage-queries";
import { coverageRefreshMs } from "./coverage-refresh";
import { fetchJson } from "./fetch-json";

/** Part of everything measured in the warehouse: whatever changes coverage may have changed predictions. */
export const predictionKeys = {
  all: [...coverageKeys.all, "predictions"] as const,
  page: (filter: PredictionsFilter) => [...predictionKeys.all, "page", predictionsSearch(filter)] as const,
  summary: () => [...predictionKeys.all, "summary"] as const,
};

/** A page of the predictions, read again by itself while on screen. */
export function predictionsQuery(filter: PredictionsFilter) {
  return queryOptions({
    queryKey: predictionKeys.page(filter),
    queryFn: ({ signal }) =>
      fetchJson(`/api/predictions${predictionsSearch(filter)}`, predictionsPageSchema, { signal }),
    refetchInterval: () => coverageRefreshMs(),
  });
}

/** Tonight, scores and sanity. */
export function predictionsSummaryQuery() {
  return queryOptions({
    queryKey: predictionKeys.summary(),
    queryFn: ({ signal }) => fetchJson("/api/predictions/summary", predictionsSummarySchema, { signal }),
    refetchInterval: () => coverageRefreshMs(),
  });
}

/** The address of the CSV of what `filter` shows, with the columns named; all of them for none. */
export function predictionsCsvUrl(filter: PredictionsFilter, columns: readonly PredictionColumn[]): string {
  return `/api/predictions/csv${searchOf({ ...filter, columns: columns.join(",") || undefined })}`;
}

/** A filter as the query of an address: `?team=LAL`; empty for none. */
export function predictionsSearch(filter: PredictionsFilter): string {
  return searchOf(filter);
}

function searchOf(values: Record<string, unknown>): string {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  const search = new URLSearchParams(given).toString();
  return search ? `?${search}` : "";
}
