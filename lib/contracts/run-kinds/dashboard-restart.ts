import { z } from "zod";
import { orderBaseShape } from "./order-base";

/** `restart` stops the service's tasks so that ECS replaces them; `refresh` has the running task load anew. */
export const DASHBOARD_MODES = ["restart", "refresh"] as const;
export const dashboardModeSchema = z.enum(DASHBOARD_MODES);
export type DashboardMode = z.infer<typeof dashboardModeSchema>;

export const dashboardRestartParamsSchema = z.strictObject({ mode: dashboardModeSchema });
export type DashboardRestartParams = z.infer<typeof dashboardRestartParamsSchema>;

/** One click is one run. `confirm` is the service's name, typed by the operator: a restart is refused without it. */
export const dashboardRestartOrderSchema = z.strictObject({
  kind: z.literal("dashboard-restart"),
  params: z.array(dashboardRestartParamsSchema).length(1, { error: "is one restart at a time" }),
  confirm: z.string().max(255).optional(),
  ...orderBaseShape,
});
export type DashboardRestartOrder = z.infer<typeof dashboardRestartOrderSchema>;

/** When the data that the dashboard shows were read, and how that is known. */
export const servedDataSchema = z.object({
  at: z.iso.datetime(),
  /** `health`: its own `last_refreshed_at`; `task-start`: not earlier than the oldest serving task's start. */
  source: z.enum(["health", "task-start"]),
});
export type ServedData = z.infer<typeof servedDataSchema>;

/** Why a restart cannot be done on the service as it is. */
export const RESTART_REFUSALS = [
  "service-missing",
  "service-not-active",
  "desired-zero",
  "other-deployer",
  "deployment-in-progress",
  "deployment-failed",
  "no-task",
  "task-starting",
  "too-few-tasks",
  "too-many-tasks",
  "foreign-task",
  "several-tasks",
  "no-refresh-url",
] as const;
export const restartRefusalSchema = z.object({
  code: z.enum(RESTART_REFUSALS),
  /** What stands in the way, and what to do. */
  message: z.string(),
});
export type RestartRefusal = z.infer<typeof restartRefusalSchema>;

export const taskRefSchema = z.object({
  arn: z.string(),
  /** The last part of the ARN, shortened: `9f3c1e`. */
  shortId: z.string(),
  startedAt: z.iso.datetime().nullable(),
});
export type TaskRef = z.infer<typeof taskRefSchema>;

/** What the dialog shows beside the order's warnings. */
export const dashboardRestartPreviewSchema = z.object({
  kind: z.literal("dashboard-restart"),
  mode: dashboardModeSchema,
  cluster: z.string(),
  service: z.string(),
  region: z.string(),
  /** What the operator has to type, or null (a refresh stops nothing). */
  confirm: z.string().nullable(),
  /** The tasks that will be stopped, one after the other; empty for a refresh. By the last observation. */
  tasks: z.array(taskRefSchema),
  /** When the worker saw these tasks; null when it has not looked yet. */
  observedAt: z.iso.datetime().nullable(),
  /** What would refuse the run now; the worker looks again before it stops anything. */
  refusal: restartRefusalSchema.nullable(),
  served: servedDataSchema.nullable(),
  /** Seconds without a serving task: the middle one of the last (at most ten) restarts that recovered. */
  typicalSeconds: z.number().nullable(),
  /** How many restarts `typicalSeconds` stands for. */
  typicalOf: z.number(),
});
export type DashboardRestartPreview = z.infer<typeof dashboardRestartPreviewSchema>;

/** In the order in which a restart passes them; a refresh passes `checking`, `refreshing` and `verifying`. */
export const RESTART_STEPS = ["checking", "stopping", "waiting", "verifying", "refreshing", "done"] as const;

/** Where a restart under way is. */
export const dashboardRestartProgressSchema = z.object({
  kind: z.literal("dashboard-restart"),
  step: z.enum(RESTART_STEPS),
  /** One line: `waiting for the task that replaces 41ab07: 9f3c1e is PENDING`. */
  text: z.string(),
  /** Tasks replaced so far, of those that have to be. */
  replaced: z.number(),
  total: z.number(),
  /** When the first task was told to stop; null before. */
  stoppedAt: z.iso.datetime().nullable(),
  /** Whether the page (or, without a page, a task) served when last looked at. */
  serving: z.boolean().nullable(),
});
export type DashboardRestartProgress = z.infer<typeof dashboardRestartProgressSchema>;

const serviceEventSchema = z.object({ at: z.iso.datetime(), text: z.string() });

/** What a restart or a refresh changed, measured in ECS and at the dashboard itself. */
export const dashboardRestartReceiptSchema = z.object({
  kind: z.literal("dashboard-restart"),
  mode: dashboardModeSchema,
  cluster: z.string(),
  service: z.string(),
  region: z.string(),
  /** True when a new task of each old one serves (restart), or the data are newer (refresh). */
  recovered: z.boolean(),
  /** Each old task and what replaced it, in the order in which they were stopped. */
  tasks: z.array(
    z.object({
      old: taskRefSchema,
      /** When StopTask was sent for it; null when it never was. */
      stoppedAt: z.iso.datetime().nullable(),
      replacement: taskRefSchema.nullable(),
      /** When the replacement was seen serving. */
      servingAt: z.iso.datetime().nullable(),
    }),
  ),
  /** How long nothing served; null when nothing was stopped. */
  unserved: z
    .object({
      seconds: z.number(),
      /** `page`: the page was asked again and again; `tasks`: no page is configured, so running tasks were counted. */
      measuredBy: z.enum(["page", "tasks"]),
      /** Seconds between two looks: the figure is right to about so much. */
      everySeconds: z.number(),
      /** True when it still did not serve at the end. */
      open: z.boolean(),
    })
    .nullable(),
  served: z.object({ before: servedDataSchema.nullable(), after: servedDataSchema.nullable() }),
  /** The last answers of what is configured; null where none is. */
  page: z.object({ ok: z.boolean(), text: z.string() }).nullable(),
  health: z.object({ ok: z.boolean(), text: z.string() }).nullable(),
  /** The service's events since the run began, oldest first. */
  events: z.array(serviceEventSchema),
  /** True when another worker took the run up after the first was lost. */
  resumed: z.boolean(),
});
export type DashboardRestartReceipt = z.infer<typeof dashboardRestartReceiptSchema>;
