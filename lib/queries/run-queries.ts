import { queryOptions } from "@tanstack/react-query";
import { logPageSchema, logSearchSchema } from "@/lib/contracts/log";
import {
  type CreateRunsInput,
  createRunsResponseSchema,
  type ListRunsInput,
  listRunsResponseSchema,
  runDetailSchema,
  runPreviewSchema,
  runSummarySchema,
} from "@/lib/contracts/runs";
import { fetchJson } from "./fetch-json";

/** Keys of runs; the stream's `run` frames write into them (components/shell/live-provider.tsx). */
export const runKeys = {
  all: ["runs"] as const,
  list: (filter: ListRunsInput) => ["runs", "list", filter] as const,
  detail: (id: string) => ["runs", "detail", id] as const,
  /** Apart from the others: a run that is placed or ends does not ask for an open preview again. */
  preview: (order: CreateRunsInput) => ["run-preview", order] as const,
};

function queryString(filter: ListRunsInput): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) search.set(name, String(value));
  return search.size ? `?${search}` : "";
}

/** Runs, newest first. */
export function runsQuery(filter: ListRunsInput = {}) {
  return queryOptions({
    queryKey: runKeys.list(filter),
    queryFn: ({ signal }) => fetchJson(`/api/runs${queryString(filter)}`, listRunsResponseSchema, { signal }),
    refetchInterval: 15_000,
  });
}

/** One run with its receipt. */
export function runQuery(id: string) {
  return queryOptions({
    queryKey: runKeys.detail(id),
    queryFn: ({ signal }) => fetchJson(`/api/runs/${id}`, runDetailSchema, { signal }),
    refetchInterval: 10_000,
  });
}

/** What an order would do, by the function that enqueues it. */
export function runPreviewQuery(order: CreateRunsInput) {
  return queryOptions({
    queryKey: runKeys.preview(order),
    queryFn: ({ signal }) =>
      fetchJson("/api/runs/preview", runPreviewSchema, { method: "POST", body: order, signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Places an order; the same `idempotencyKey` gives the same runs however often it is sent. */
export function createRuns(order: CreateRunsInput, idempotencyKey: string) {
  return fetchJson("/api/runs", createRunsResponseSchema, { method: "POST", body: order, idempotencyKey });
}

/** Asks for a run's end; the answer is the run as it then stands. */
export function cancelRun(id: string) {
  return fetchJson(`/api/runs/${id}/cancel`, runSummarySchema, { method: "POST", body: {} });
}

/** Stored lines of a run after `after`, at most `limit`. */
export function fetchLogPage(id: string, after: number, limit: number, signal?: AbortSignal) {
  return fetchJson(`/api/runs/${id}/lines?after=${after}&limit=${limit}`, logPageSchema, { signal });
}

/** Lines of a run behind `after` that hold a text, whatever the case, or that report an error. */
export function searchLog(
  id: string,
  wanted: { text: string } | { level: "error" },
  after: number,
  signal?: AbortSignal,
) {
  const what: Record<string, string> = "text" in wanted ? { q: wanted.text } : { level: wanted.level };
  const search = new URLSearchParams({ ...what, after: String(after) });
  return fetchJson(`/api/runs/${id}/lines/search?${search}`, logSearchSchema, { signal });
}

/** Where the whole log is downloaded as text. */
export function rawLogUrl(id: string): string {
  return `/api/runs/${id}/log`;
}
