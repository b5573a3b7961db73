import { queryOptions } from "@tanstack/react-query";
import {
  type CreateDbtPresetRequest,
  dbtPresetSchema,
  dbtStatusSchema,
  deletedDbtPresetSchema,
} from "@/lib/contracts/dbt";
import { fetchJson } from "./fetch-json";

/** Keys of everything about the dbt project. */
export const dbtKeys = { all: ["dbt"] as const, status: ["dbt", "status"] as const };

/** The project's graph, presets, usual times, foreign builds. Read again by itself while on screen. */
export function dbtStatusQuery() {
  return queryOptions({
    queryKey: dbtKeys.status,
    queryFn: ({ signal }) => fetchJson("/api/dbt", dbtStatusSchema, { signal }),
    refetchInterval: 20_000,
  });
}

/** Saves a selection under a name. */
export function createDbtPreset(request: CreateDbtPresetRequest) {
  return fetchJson("/api/dbt/presets", dbtPresetSchema, { method: "POST", body: request });
}

/** Removes a saved preset. */
export function deleteDbtPreset(id: string) {
  return fetchJson(`/api/dbt/presets/${id}`, deletedDbtPresetSchema, { method: "DELETE" });
}
