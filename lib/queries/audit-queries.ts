import { queryOptions } from "@tanstack/react-query";
import { type AuditFilter, type AuditInput, auditPageSchema, auditPeopleSchema } from "@/lib/contracts/audit";
import { fetchJson } from "./fetch-json";

/** Where the audit's entries are read, newest first. */
export function auditQuery(request: AuditInput) {
  return queryOptions({
    queryKey: ["audit", "list", request] as const,
    queryFn: ({ signal }) => fetchJson(`/api/audit${search(request)}`, auditPageSchema, { signal }),
    refetchInterval: 15_000,
  });
}

/** The people by whom the audit can be filtered. */
export function auditPeopleQuery() {
  return queryOptions({
    queryKey: ["audit", "people"] as const,
    queryFn: ({ signal }) => fetchJson("/api/audit/people", auditPeopleSchema, { signal }),
  });
}

/** Where everything that a filter lets through is downloaded. */
export function auditCsvUrl(filter: AuditFilter): string {
  return `/api/audit/csv${search(filter)}`;
}

function search(request: AuditInput): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(request))
    if (value !== undefined) parameters.set(name, String(value));
  return parameters.size > 0 ? `?${parameters}` : "";
}
