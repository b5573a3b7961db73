import { z } from "zod";

const moment = z
  .date()
  .optional()
  .transform((date) => date?.toISOString() ?? null);
const count = z.number().default(0);

/** `arn:aws:ecs:us-east-1:1:task-definition/nba_elt_dashboard:42` -> `nba_elt_dashboard:42` */
const taskDefinition = z
  .string()
  .default("")
  .transform((arn) => lastPart(arn));

const deploymentSchema = z
  .object({
    id: z.string().default(""),
    status: z.string().default(""),
    rolloutState: z.string().optional(),
    rolloutStateReason: z.string().optional(),
    taskDefinition,
    desiredCount: count,
    runningCount: count,
    pendingCount: count,
    createdAt: moment,
    updatedAt: moment,
  })
  .transform((deployment) => ({
    id: deployment.id,
    status: deployment.status,
    rollout: deployment.rolloutState ?? null,
    rolloutReason: deployment.rolloutStateReason ?? null,
    taskDefinition: deployment.taskDefinition,
    desired: deployment.desiredCount,
    running: deployment.runningCount,
    pending: deployment.pendingCount,
    createdAt: deployment.createdAt,
    updatedAt: deployment.updatedAt,
  }));

const eventSchema = z
  .object({ id: z.string().default(""), createdAt: z.date(), message: z.string().default("") })
  .transform(({ id, createdAt, message }) => ({ id, at: createdAt.toISOString(), text: message }));

/** A service of `DescribeServices`, reduced to what the console reads. Events are newest first. */
export const serviceSnapshotSchema = z
  .object({
    status: z.string().default(""),
    desiredCount: count,
    runningCount: count,
    pendingCount: count,
    deploymentController: z.object({ type: z.string().optional() }).optional(),
    deployments: z.array(deploymentSchema).default([]),
    events: z.array(eventSchema).default([]),
  })
  .transform((service) => ({
    status: service.status,
    desired: service.desiredCount,
    running: service.runningCount,
    pending: service.pendingCount,
    /** `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
    deployer: service.deploymentController?.type ?? "ECS",
    deployments: service.deployments,
    events: service.events,
  }));
export type ServiceSnapshot = z.output<typeof serviceSnapshotSchema>;
export type ServiceEvent = ServiceSnapshot["events"][number];

/** A task of `DescribeTasks`. */
export const taskSnapshotSchema = z
  .object({
    taskArn: z.string(),
    lastStatus: z.string().default(""),
    desiredStatus: z.string().default(""),
    healthStatus: z.string().optional(),
    group: z.string().default(""),
    createdAt: moment,
    startedAt: moment,
    stoppedReason: z.string().optional(),
    taskDefinitionArn: taskDefinition,
  })
  .transform((task) => ({
    arn: task.taskArn,
    shortId: shortIdOf(task.taskArn),
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    health: healthOf(task.healthStatus),
    /** `service:nba_elt_dashboard` for a task of that service. */
    group: task.group,
    createdAt: task.createdAt,
    startedAt: task.startedAt,
    stoppedReason: task.stoppedReason ?? null,
    taskDefinition: task.taskDefinitionArn,
  }));
export type TaskSnapshot = z.output<typeof taskSnapshotSchema>;

/** ECS says UNKNOWN both before the first check and where no check is defined: null. */
function healthOf(status: string | undefined): "HEALTHY" | "UNHEALTHY" | null {
  return status === "HEALTHY" || status === "UNHEALTHY" ? status : null;
}

/** The first characters of a task's id: enough to tell the tasks of one service apart. */
export function shortIdOf(arn: string): string {
  return lastPart(arn).slice(0, 6);
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
