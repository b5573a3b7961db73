import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  StopTaskCommand,
} from "@aws-sdk/client-ecs";
import { z } from "zod";
import { AwsError, type EcsTarget, explainAwsError } from "./explain-aws-error";
import {
  type ServiceSnapshot,
  serviceSnapshotSchema,
  type TaskSnapshot,
  taskSnapshotSchema,
} from "./service-snapshot";

/** One ECS service: everything that the console asks of AWS, and nothing else (docs/aws.md). */
export type EcsServiceApi = {
  readonly target: EcsTarget;
  /** Null when the cluster has no such service. */
  describeService(signal?: AbortSignal): Promise<ServiceSnapshot | null>;
  /** ARNs of the tasks that are meant to run, from all pages. */
  listTasks(signal?: AbortSignal): Promise<string[]>;
  /** Tasks that ECS still knows, in no order; it forgets stopped ones after about an hour. */
  describeTasks(arns: readonly string[], signal?: AbortSignal): Promise<TaskSnapshot[]>;
  /** Stops exactly this task; stopping a stopped one changes nothing. */
  stopTask(arn: string, reason: string, signal?: AbortSignal): Promise<void>;
};

/** ECS's own limits: tasks in one DescribeTasks, and characters of a reason. */
const DESCRIBE_AT_ONCE = 100;
const REASON_LENGTH = 255;
/** A list that never ends is not one of tasks of a dashboard. */
const PAGES_AT_MOST = 50;

/** The service of `target` through `client`. Every method throws AwsError, in words, and nothing else. */
export function createEcsServiceApi(client: ECSClient, target: EcsTarget): EcsServiceApi {
  const { cluster, service } = target;

  async function ask<Answer>(action: string, call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await call();
    } catch (error) {
      throw explainAwsError(error, action, target);
    }
  }

  return {
    target,

    async describeService(abortSignal) {
      const { services } = await ask("DescribeServices", () =>
        client.send(new DescribeServicesCommand({ cluster, services: [service] }), { abortSignal }),
      );
      const found = services?.[0];
      return found ? parse(serviceSnapshotSchema, found, "DescribeServices") : null;
    },

    async listTasks(abortSignal) {
      const arns: string[] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < PAGES_AT_MOST; page += 1) {
        const answer = await ask("ListTasks", () =>
          client.send(
            new ListTasksCommand({ cluster, serviceName: service, desiredStatus: "RUNNING", nextToken }),
            { abortSignal },
          ),
        );
        arns.push(...(answer.taskArns ?? []));
        nextToken = answer.nextToken;
        if (!nextToken) return arns;
      }
      throw new AwsError(
        "rejected",
        `ECS lists more than ${arns.length} tasks of ${service}; that is no dashboard.`,
      );
    },

    async describeTasks(arns, abortSignal) {
      const tasks: TaskSnapshot[] = [];
      for (let from = 0; from < arns.length; from += DESCRIBE_AT_ONCE) {
        const some = arns.slice(from, from + DESCRIBE_AT_ONCE);
        const answer = await ask("DescribeTasks", () =>
          client.send(new DescribeTasksCommand({ cluster, tasks: some }), { abortSignal }),
        );
        for (const task of answer.tasks ?? []) tasks.push(parse(taskSnapshotSchema, task, "DescribeTasks"));
      }
      return tasks;
    },

    async stopTask(arn, reason, abortSignal) {
      // An empty name would be a mistake of ours, and must not reach ECS.
      if (!arn.startsWith("arn:")) throw new AwsError("rejected", `${JSON.stringify(arn)} is no task's ARN.`);
      await ask("StopTask", () =>
        client.send(new StopTaskCommand({ cluster, task: arn, reason: reason.slice(0, REASON_LENGTH) }), {
          abortSignal,
        }),
      );
    },
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, action: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AwsError(
    "rejected",
    `ECS's answer to ${action} was not understood: ${z.prettifyError(parsed.error)}`,
  );
}
