import { z } from "zod";
import type { ActionName, ControlState } from "./control-state";
import {
  arnsOf,
  type EcsNames,
  serviceDocument,
  taskDefinitionDocument,
  taskDocument,
} from "./ecs-documents";
import { EcsError } from "./ecs-error";
import type { ServiceScheduler } from "./service-scheduler";
import { ServiceTask } from "./service-task";

/** What the actions work on. */
export interface EcsState {
  names: EcsNames;
  scheduler: ServiceScheduler;
  control(): ControlState;
  healthCheck: boolean;
  /** Tasks started by RunTask. */
  oneOff: ServiceTask[];
  stepMs: number;
}

type Action = (state: EcsState, body: unknown) => object;

const TOKEN_PREFIX = "page-";

const listTasks = z.object({
  cluster: z.string(),
  serviceName: z.string().optional(),
  desiredStatus: z.enum(["RUNNING", "PENDING", "STOPPED"]).default("RUNNING"),
  maxResults: z.int().min(1).max(100).default(100),
  nextToken: z.string().optional(),
});
const describeServices = z.object({ cluster: z.string(), services: z.array(z.string()).min(1).max(10) });
const describeTasks = z.object({ cluster: z.string(), tasks: z.array(z.string()).min(1).max(100) });
const stopTask = z.object({ cluster: z.string(), task: z.string(), reason: z.string().max(255).optional() });
const runTask = z.object({
  cluster: z.string(),
  taskDefinition: z.string(),
  count: z.int().min(1).max(10).default(1),
});
const describeTaskDefinition = z.object({ taskDefinition: z.string() });

/** ECS's actions on the sandbox's one service, each from its request to its answer. */
export const ECS_ACTIONS: Record<ActionName, Action> = {
  ListTasks(state, body) {
    const { serviceName, desiredStatus, maxResults, nextToken } = inCluster(state, parse(listTasks, body));
    if (serviceName !== undefined && !isService(state, serviceName))
      throw new EcsError("ServiceNotFoundException", "Service not found.");
    const meant = desiredStatus === "STOPPED" ? "STOPPED" : "RUNNING";
    const tasks = [...state.scheduler.tasks, ...(serviceName === undefined ? state.oneOff : [])];
    const arns = tasks
      .filter((task) => task.desiredStatus === meant)
      .map(({ id }) => arnsOf(state.names).task(id));
    const from = nextToken === undefined ? 0 : readToken(nextToken);
    const until = from + Math.min(maxResults, state.control().pageSize);
    return {
      taskArns: arns.slice(from, until),
      ...(until < arns.length ? { nextToken: `${TOKEN_PREFIX}${until}` } : {}),
    };
  },

  DescribeTasks(state, body) {
    const { tasks: wanted } = inCluster(state, parse(describeTasks, body));
    const found = wanted.map((name) => findTask(state, name));
    return {
      tasks: found.flatMap((task) => (task ? [documentOf(state, task)] : [])),
      failures: wanted.flatMap((name, index) => (found[index] ? [] : [{ arn: name, reason: "MISSING" }])),
    };
  },

  DescribeServices(state, body) {
    const { services } = inCluster(state, parse(describeServices, body));
    return {
      services: services
        .filter((name) => isService(state, name))
        .map(() => serviceDocument(state.names, state.scheduler, state.control())),
      failures: services
        .filter((name) => !isService(state, name))
        .map((name) => ({ arn: serviceArn(state, name), reason: "MISSING" })),
    };
  },

  StopTask(state, body) {
    const { task: name, reason } = inCluster(state, parse(stopTask, body));
    const task = findTask(state, name);
    if (!task) throw new EcsError("InvalidParameterException", "The referenced task was not found.");
    void task.stop("UserInitiated", reason ?? "Task stopped by user");
    return { task: documentOf(state, task) };
  },

  RunTask(state, body) {
    const { count } = inCluster(state, parse(runTask, body));
    const tasks = Array.from({ length: count }, () => startOneOff(state));
    return { tasks: tasks.map((task) => documentOf(state, task)), failures: [] };
  },

  DescribeTaskDefinition(state, body) {
    const { taskDefinition } = parse(describeTaskDefinition, body);
    const known = arnsOf(state.names).taskDefinition;
    const family = state.names.service;
    if (![known, family, known.slice(known.indexOf("/") + 1)].includes(taskDefinition))
      throw new EcsError("ClientException", "Unable to describe task definition.");
    return { taskDefinition: taskDefinitionDocument(state.names, state.healthCheck) };
  },
};

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new EcsError("InvalidParameterException", z.prettifyError(parsed.error));
}

function inCluster<Body extends { cluster: string }>({ names }: EcsState, body: Body): Body {
  if (![names.cluster, arnsOf(names).cluster].includes(body.cluster))
    throw new EcsError("ClusterNotFoundException", "Cluster not found.");
  return body;
}

function isService({ names }: EcsState, name: string): boolean {
  return [names.service, arnsOf(names).service].includes(name);
}

function serviceArn({ names }: EcsState, name: string): string {
  return name.startsWith("arn:") ? name : arnsOf({ ...names, service: name }).service;
}

function findTask({ names, scheduler, oneOff }: EcsState, name: string): ServiceTask | undefined {
  return [...scheduler.tasks, ...oneOff].find(({ id }) => name === id || name === arnsOf(names).task(id));
}

function documentOf(state: EcsState, task: ServiceTask) {
  return state.oneOff.includes(task)
    ? taskDocument(state.names, task, `family:${state.names.service}`)
    : taskDocument(state.names, task);
}

function startOneOff(state: EcsState): ServiceTask {
  const task = new ServiceTask({
    stepMs: state.stepMs,
    healthMs: 0,
    healthCheck: false,
    command: null,
    faults: () => ({ replacementFails: false, unhealthy: false }),
    onStopped: () => {},
  });
  state.oneOff.push(task);
  return task;
}

function readToken(token: string): number {
  const from = Number(token.slice(TOKEN_PREFIX.length));
  if (token.startsWith(TOKEN_PREFIX) && Number.isInteger(from)) return from;
  throw new EcsError("InvalidParameterException", "Invalid token.");
}
