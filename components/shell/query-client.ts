import { QueryClient } from "@tanstack/react-query";
import { RequestError } from "@/lib/queries/fetch-json";

const STALE_MS = 5_000;
const MOST_RETRIES = 2;

/** The cache of server data. A refusal is final; an unreachable or failing server is asked again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (failures, error) => failures < MOST_RETRIES && isPassing(error),
      },
    },
  });
}

function isPassing(error: Error): boolean {
  return !(error instanceof RequestError) || error.status === 0 || error.status >= 500;
}
