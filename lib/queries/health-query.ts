import { queryOptions } from "@tanstack/react-query";
import { healthSchema } from "@/lib/contracts/health";
import { fetchJson } from "./fetch-json";

/** Whether web, worker, Redis, console database and warehouse are up. The answer is 200 even when one is not. */
export function healthQuery() {
  return queryOptions({
    queryKey: ["health"],
    queryFn: ({ signal }) => fetchJson("/api/health?view=page", healthSchema, { signal }),
    refetchInterval: 10_000,
  });
}
