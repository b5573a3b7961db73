import { describe, expect, it } from "vitest";
import { explainAwsError } from "./explain-aws-error";

const TARGET = { region: "us-east-1", cluster: "main", service: "dash" };

function named(name: string, message = "Some words of AWS", more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

const denied =
  "User: arn:aws:sts::1:assumed-role/w/i is not authorized to perform: ecs:StopTask on resource: arn:aws:ecs:us-east-1:1:task/main/abc because no identity-based policy allows the ecs:StopTask action";

const CASES: [what: string, error: unknown, failure: string, words: string][] = [
  ["expired credentials", named("ExpiredTokenException"), "expired", "have expired"],
  [
    "an expired SSO session",
    named("CredentialsProviderError", "The SSO session associated with this profile has expired."),
    "expired",
    "aws sso login",
  ],
  [
    "no credentials at all",
    named("CredentialsProviderError", "Could not load credentials from any providers"),
    "no-credentials",
    "no AWS credentials",
  ],
  ["an unknown key", named("UnrecognizedClientException"), "no-credentials", "does not know"],
  [
    "no permission",
    named("AccessDeniedException", denied),
    "forbidden",
    "may not do ecs:StopTask on arn:aws:ecs:us-east-1:1:task/main/abc.",
  ],
  ["no permission, in other words", named("AccessDeniedException"), "forbidden", "may not do ecs:StopTask."],
  ["a wrong cluster", named("ClusterNotFoundException"), "wrong-target", "no cluster main in us-east-1"],
  ["a wrong service", named("ServiceNotFoundException"), "wrong-target", "no service dash"],
  [
    "a wrong region for the endpoint",
    named("InvalidSignatureException", "Credential should be scoped to a valid region."),
    "wrong-target",
    "Check DASHBOARD_REGION",
  ],
  [
    "a region that does not exist",
    named("Error", "getaddrinfo ENOTFOUND ecs.us-esat-1.amazonaws.com", { code: "ENOTFOUND" }),
    "unreachable",
    "Check DASHBOARD_REGION",
  ],
  ["a wrong clock", named("SignatureDoesNotMatch"), "wrong-target", "the worker's clock"],
  ["throttling", named("ThrottlingException", "Rate exceeded"), "throttled", "patience"],
  ["a refused connection", named("Error", "", { code: "ECONNREFUSED" }), "unreachable", "does not answer"],
  [
    "a cut connection behind another error",
    named("Error", "", { cause: Object.assign(new Error(""), { code: "ECONNRESET" }) }),
    "unreachable",
    "does not answer",
  ],
  ["a time-out", named("TimeoutError"), "unreachable", "does not answer"],
  [
    "a fault of AWS",
    named("ServerException", "", { $metadata: { httpStatusCode: 500 } }),
    "unreachable",
    "does not answer",
  ],
  [
    "anything else, by its first line",
    named("InvalidParameterException", "Invalid identifier\n    at somewhere (file.js:1:1)"),
    "rejected",
    "did not accept StopTask: Invalid identifier.",
  ],
];

describe("explainAwsError", () => {
  it.each(CASES)("says %s in words", (_what, error, failure, words) => {
    const explained = explainAwsError(error, "StopTask", TARGET);
    expect(explained).toMatchObject({ code: "aws-unavailable", failure });
    expect(explained.message).toContain(words);
    expect(explained.message).not.toContain("file.js");
    expect(explained.passes).toBe(failure === "throttled" || failure === "unreachable");
  });

  it("leaves alone what it has explained already", () => {
    const explained = explainAwsError(named("ExpiredToken"), "ListTasks", TARGET);
    expect(explainAwsError(explained, "StopTask", TARGET)).toBe(explained);
  });
});
