import { ECSClient } from "@aws-sdk/client-ecs";

export type EcsClientOptions = {
  region: string;
  /** In place of AWS's own address, for a stand-in; null for AWS. */
  endpoint: string | null;
};

/** Calls that fail for a moment are tried again this often, with the SDK's growing pauses. */
const MAX_ATTEMPTS = 5;
const CONNECT_TIMEOUT_MS = 3_000;
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * A client of ECS. Its credentials come by the SDK's own chain (environment, shared files, SSO, the
 * container's or machine's role); for workers only. Ends with `destroy()`.
 */
export function createEcsClient({ region, endpoint }: EcsClientOptions): ECSClient {
  return new ECSClient({
    region,
    ...(endpoint === null ? {} : { endpoint }),
    retryMode: "standard",
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });
}
