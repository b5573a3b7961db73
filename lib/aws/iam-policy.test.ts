import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const keysSchema = z.record(z.string(), z.string()).optional();
const conditionSchema = z.strictObject({ ArnEquals: keysSchema, StringEquals: keysSchema });
const policySchema = z.strictObject({
  Version: z.literal("2012-10-17"),
  Statement: z.array(
    z.strictObject({
      Sid: z.string(),
      Effect: z.literal("Allow"),
      Action: z.string(),
      Resource: z.string(),
      Condition: conditionSchema.optional(),
    }),
  ),
});

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
const NAMES = { REGION: "us-east-1", ACCOUNT: "1", CLUSTER: "main", SERVICE: "dash" };
const DOCUMENT = /```json\n([^`]+)```/.exec(read("../../docs/aws.md"))?.[1] ?? "";
const POLICY = policySchema.parse(
  JSON.parse(
    Object.entries(NAMES).reduce((text, [placeholder, name]) => text.replaceAll(placeholder, name), DOCUMENT),
  ),
);

const arn = (what: string) => `arn:aws:ecs:us-east-1:1:${what}`;
const MAIN = arn("cluster/main");
const TAGGED = { "aws:ResourceTag/backcourt": "restart" };

type Request = { action: string; resource: string; context: Record<string, string> };

/** IAM's rule for statements that only allow, with the two operators and the wildcard that the policy uses. */
function isAllowed({ action, resource, context }: Request): boolean {
  return POLICY.Statement.some(({ Action, Resource, Condition = {} }) => {
    const pattern = Resource.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    const conditions = Object.values(Condition).flatMap((keys) => Object.entries(keys ?? {}));
    return (
      Action === action &&
      new RegExp(`^${pattern}$`).test(resource) &&
      conditions.every(([key, value]) => context[key] === value)
    );
  });
}

const onTask = (action: string, task: string, context: Record<string, string>): Request => ({
  action: `ecs:${action}`,
  resource: arn(`task/${task}`),
  context,
});

describe("the policy of docs/aws.md", () => {
  it("names exactly the actions that the console sends", () => {
    const sent = [...read("./ecs-service-api.ts").matchAll(/new (\w+)Command\(/g)].map(
      ([, name]) => `ecs:${name}`,
    );
    expect(POLICY.Statement.map(({ Action }) => Action).sort()).toEqual([...new Set(sent)].sort());
  });

  it.each<[string, Request]>([
    [
      "seeing the service",
      {
        action: "ecs:DescribeServices",
        resource: arn("service/main/dash"),
        context: { "ecs:cluster": MAIN },
      },
    ],
    [
      "listing the cluster's tasks",
      {
        action: "ecs:ListTasks",
        resource: arn("container-instance/main/*"),
        context: { "ecs:cluster": MAIN },
      },
    ],
    ["seeing its tasks", onTask("DescribeTasks", "main/abc", { "ecs:cluster": MAIN })],
    ["stopping its tagged tasks", onTask("StopTask", "main/abc", { "ecs:cluster": MAIN, ...TAGGED })],
  ])("allows %s", (_what, request) => {
    expect(isAllowed(request)).toBe(true);
  });

  const other = arn("cluster/jacobs_fargate_cluster");
  it.each<[string, Request]>([
    [
      "stopping another service's task, which has no tag",
      onTask("StopTask", "main/abc", { "ecs:cluster": MAIN }),
    ],
    [
      "stopping a task with another value",
      onTask("StopTask", "main/abc", { "ecs:cluster": MAIN, "aws:ResourceTag/backcourt": "no" }),
    ],
    [
      "stopping a tagged task of another cluster",
      onTask("StopTask", "jacobs_fargate_cluster/abc", { "ecs:cluster": other, ...TAGGED }),
    ],
    [
      "seeing another service",
      {
        action: "ecs:DescribeServices",
        resource: arn("service/main/other"),
        context: { "ecs:cluster": MAIN },
      },
    ],
    [
      "listing another cluster",
      { action: "ecs:ListTasks", resource: "*", context: { "ecs:cluster": other } },
    ],
    [
      "deploying the service",
      { action: "ecs:UpdateService", resource: arn("service/main/dash"), context: { "ecs:cluster": MAIN } },
    ],
    ["tagging a task", onTask("TagResource", "main/abc", { "ecs:cluster": MAIN })],
    [
      "running a task",
      { action: "ecs:RunTask", resource: arn("task-definition/dash:1"), context: { "ecs:cluster": MAIN } },
    ],
  ])("does not allow %s", (_what, request) => {
    expect(isAllowed(request)).toBe(false);
  });
});
