import { AppError } from "@/lib/errors";

/** What was asked of ECS, to be named in words. */
export type EcsTarget = { region: string; cluster: string; service: string };

/** Why AWS gave no answer: what passes by itself (`throttled`, `unreachable`) and what somebody has to mend. */
export type AwsFailure =
  | "no-credentials"
  | "expired"
  | "forbidden"
  | "wrong-target"
  | "throttled"
  | "unreachable"
  | "rejected";

/** AWS gave no answer, or refused. `message` says what to do, and holds no stack trace. */
export class AwsError extends AppError {
  constructor(
    readonly failure: AwsFailure,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super("aws-unavailable", message, options);
    this.name = "AwsError";
  }

  /** True when trying again later may help without anybody's doing. */
  get passes(): boolean {
    return this.failure === "throttled" || this.failure === "unreachable";
  }
}

const EXPIRED = new Set(["ExpiredTokenException", "ExpiredToken", "RequestExpired"]);
const UNKNOWN_KEYS = new Set([
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "MissingAuthenticationTokenException",
  "MissingAuthenticationToken",
  "IncompleteSignature",
]);
const FORBIDDEN = new Set(["AccessDeniedException", "AccessDenied", "UnauthorizedOperation"]);
const THROTTLED = new Set([
  "ThrottlingException",
  "Throttling",
  "ThrottledException",
  "TooManyRequestsException",
  "RequestLimitExceeded",
]);
const NO_CREDENTIALS = new Set(["CredentialsProviderError", "TokenProviderError"]);
const NO_NAME = new Set(["ENOTFOUND", "EAI_AGAIN"]);
const NO_CONNECTION = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "TimeoutError",
]);

/**
 * Turns what the SDK threw over `action` (`StopTask`) into words with what to do.
 * Names of errors: the ECS API reference's common errors, and the SDK's credential providers.
 */
export function explainAwsError(error: unknown, action: string, target: EcsTarget): AwsError {
  if (error instanceof AwsError) return error;
  const name = error instanceof Error ? error.name : "";
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const failed = (failure: AwsFailure, message: string) => new AwsError(failure, message, { cause: error });

  if (NO_CREDENTIALS.has(name)) {
    return /expired/i.test(text)
      ? failed("expired", expiredMessage())
      : failed(
          "no-credentials",
          "The worker has no AWS credentials. Give its machine or container a role, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the worker's environment.",
        );
  }
  if (EXPIRED.has(name)) return failed("expired", expiredMessage());
  if (UNKNOWN_KEYS.has(name))
    return failed(
      "no-credentials",
      "AWS does not know the worker's access key: it was deleted, mistyped, or is another account's. Renew the credentials of the worker.",
    );
  if (FORBIDDEN.has(name)) return failed("forbidden", forbiddenMessage(text, action));
  if (name === "InvalidSignatureException" || name === "SignatureDoesNotMatch")
    return failed("wrong-target", signatureMessage(text, target));
  if (name === "ClusterNotFoundException")
    return failed(
      "wrong-target",
      `There is no cluster ${target.cluster} in ${target.region}. Check DASHBOARD_CLUSTER and DASHBOARD_REGION.`,
    );
  if (name === "ServiceNotFoundException" || name === "ServiceNotActiveException")
    return failed("wrong-target", serviceMissingText(target));
  if (THROTTLED.has(name))
    return failed("throttled", `AWS asks for patience: too many ECS calls in this account (${action}).`);
  if (NO_NAME.has(code))
    return failed(
      "unreachable",
      `ECS in ${target.region} has no address. Check DASHBOARD_REGION (for example us-east-1), DASHBOARD_ECS_ENDPOINT and the worker's DNS.`,
    );
  if (NO_CONNECTION.has(code) || NO_CONNECTION.has(name) || isServerFault(error))
    return failed(
      "unreachable",
      `ECS in ${target.region} does not answer (${action}). Check the worker's way out, and AWS's health page.`,
    );
  return failed("rejected", `ECS did not accept ${action}: ${plain(text)}`);
}

/** Says that the service is not there. */
export function serviceMissingText({ cluster, service, region }: EcsTarget): string {
  return `Cluster ${cluster} in ${region} has no service ${service}. Check DASHBOARD_SERVICE, DASHBOARD_CLUSTER and DASHBOARD_REGION.`;
}

function expiredMessage(): string {
  return "The worker's AWS credentials have expired. Sign in again (aws sso login) or renew them where the worker runs, then try again.";
}

/** AWS names the action and the resource in its own sentence; without one, the action that was tried. */
function forbiddenMessage(text: string, action: string): string {
  const denied = /perform: ([A-Za-z0-9]+:[A-Za-z0-9]+)/.exec(text)?.[1] ?? `ecs:${action}`;
  const resource = /on resource: (\S+)/.exec(text)?.[1];
  return `The worker's AWS role may not do ${denied}${resource ? ` on ${resource}` : ""}. Add it to the role's policy: docs/aws.md has the whole one.`;
}

function signatureMessage(text: string, { region }: EcsTarget): string {
  return /scoped to a valid region/i.test(text)
    ? `${region} is not the region of this endpoint. Check DASHBOARD_REGION and DASHBOARD_ECS_ENDPOINT.`
    : "AWS refused the request's signature: the secret access key is wrong, or the worker's clock is. Check both.";
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return "cause" in error ? codeOf(error.cause) : "";
}

function isServerFault(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return false;
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return ($metadata?.httpStatusCode ?? 0) >= 500;
}

function plain(text: string): string {
  const line = text.split("\n")[0]?.trim() ?? "";
  return line.endsWith(".") ? line : `${line}.`;
}
