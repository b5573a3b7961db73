import type { ControlState } from "./control-state";
import type { ServiceEvent, ServiceScheduler } from "./service-scheduler";
import type { ServiceTask } from "./service-task";

/** The names under which the sandbox's one service lives. */
export interface EcsNames {
  region: string;
  account: string;
  cluster: string;
  service: string;
}

const SECOND_MS = 1_000;
const REVISION = 42;

/** ARNs of what the names stand for. */
export function arnsOf({ region, account, cluster, service }: EcsNames) {
  const prefix = `arn:aws:ecs:${region}:${account}`;
  return {
    cluster: `${prefix}:cluster/${cluster}`,
    service: `${prefix}:service/${cluster}/${service}`,
    taskDefinition: `${prefix}:task-definition/${service}:${REVISION}`,
    task: (id: string) => `${prefix}:task/${cluster}/${id}`,
    container: (id: string) => `${prefix}:container/${cluster}/${id}/${id.slice(0, 12)}`,
  };
}

/** A service as DescribeServices shows it. */
export function serviceDocument(names: EcsNames, scheduler: ServiceScheduler, control: ControlState) {
  const arns = arnsOf(names);
  const counts = {
    desiredCount: scheduler.desired,
    runningCount: scheduler.running.length,
    pendingCount: scheduler.live.length - scheduler.running.length,
  };
  return {
    serviceArn: arns.service,
    serviceName: names.service,
    clusterArn: arns.cluster,
    status: control.status,
    ...counts,
    launchType: "EC2",
    taskDefinition: arns.taskDefinition,
    schedulingStrategy: "REPLICA",
    deploymentController: { type: "ECS" },
    propagateTags: "SERVICE",
    createdAt: seconds(scheduler.createdAt),
    deployments: deployments(names, scheduler, control, counts),
    events: scheduler.events.map(eventDocument),
  };
}

function deployments(
  names: EcsNames,
  scheduler: ServiceScheduler,
  control: ControlState,
  counts: { desiredCount: number; runningCount: number; pendingCount: number },
) {
  const primary = {
    id: "ecs-svc/4200000000000000042",
    status: "PRIMARY",
    taskDefinition: arnsOf(names).taskDefinition,
    ...counts,
    failedTasks: scheduler.failedStarts,
    createdAt: seconds(scheduler.createdAt),
    updatedAt: seconds(scheduler.createdAt),
    launchType: "EC2",
  };
  switch (control.deployment) {
    case "completed":
      return [{ ...primary, ...rollout("COMPLETED", "completed") }];
    case "failed":
      return [{ ...primary, ...rollout("FAILED", "failed: tasks failed to start") }];
    case "in-progress": {
      const older = { ...primary, id: "ecs-svc/4100000000000000041", status: "ACTIVE" };
      const newer = {
        ...primary,
        runningCount: 0,
        pendingCount: 1,
        ...rollout("IN_PROGRESS", "in progress"),
      };
      return [newer, { ...older, ...rollout("COMPLETED", "completed") }];
    }
  }
}

function rollout(rolloutState: string, words: string) {
  return { rolloutState, rolloutStateReason: `ECS deployment ecs-svc/4200000000000000042 ${words}.` };
}

function eventDocument({ id, createdAt, message }: ServiceEvent) {
  return { id, createdAt: seconds(createdAt), message };
}

/** A task as DescribeTasks shows it. */
export function taskDocument(names: EcsNames, task: ServiceTask, group = `service:${names.service}`) {
  const arns = arnsOf(names);
  return {
    taskArn: arns.task(task.id),
    clusterArn: arns.cluster,
    taskDefinitionArn: arns.taskDefinition,
    group,
    startedBy: "ecs-svc/4200000000000000042",
    launchType: "EC2",
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    healthStatus: task.health,
    createdAt: seconds(task.createdAt),
    startedAt: seconds(task.startedAt),
    stoppingAt: seconds(task.stoppingAt),
    stoppedAt: seconds(task.stoppedAt),
    stopCode: task.stopCode ?? undefined,
    stoppedReason: task.stoppedReason ?? undefined,
    containers: [
      {
        containerArn: arns.container(task.id),
        name: names.service,
        lastStatus:
          task.lastStatus === "RUNNING" ? "RUNNING" : task.lastStatus === "STOPPED" ? "STOPPED" : "PENDING",
        healthStatus: task.health,
      },
    ],
  };
}

/** The service's task definition as DescribeTaskDefinition shows it. */
export function taskDefinitionDocument(names: EcsNames, healthCheck: boolean) {
  return {
    taskDefinitionArn: arnsOf(names).taskDefinition,
    family: names.service,
    revision: REVISION,
    status: "ACTIVE",
    containerDefinitions: [
      {
        name: names.service,
        image: `${names.service}:latest`,
        essential: true,
        ...(healthCheck
          ? { healthCheck: { command: ["CMD-SHELL", "curl -f http://localhost/ || exit 1"], interval: 30 } }
          : {}),
      },
    ],
  };
}

/** The protocol's moments: seconds since 1970, with a fraction. */
function seconds(moment: Date): number;
function seconds(moment: Date | null): number | undefined;
function seconds(moment: Date | null): number | undefined {
  return moment === null ? undefined : moment.getTime() / SECOND_MS;
}
