import { z } from "zod";
import { restartRefusalSchema, servedDataSchema } from "./run-kinds/dashboard-restart";

/** The observation that holds a `DashboardState`. */
export const DASHBOARD_KEY = "dashboard";

const ecsTaskSchema = z.object({
  arn: z.string(),
  /** `9f3c1e` */
  shortId: z.string(),
  /** ECS's own words: `PROVISIONING`, `PENDING`, `ACTIVATING`, `RUNNING`, `DEACTIVATING`, `STOPPING`, ... */
  lastStatus: z.string(),
  desiredStatus: z.string(),
  /** Null where ECS knows no health: no check is defined, or it has not been made yet. */
  health: z.enum(["HEALTHY", "UNHEALTHY"]).nullable(),
  createdAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  /** `nba_elt_dashboard:42` */
  taskDefinition: z.string(),
});

const ecsDeploymentSchema = z.object({
  id: z.string(),
  /** `PRIMARY`, or `ACTIVE` for an older one that is being replaced. */
  status: z.string(),
  /** `COMPLETED`, `IN_PROGRESS`, `FAILED`; null where ECS does not tell. */
  rollout: z.string().nullable(),
  rolloutReason: z.string().nullable(),
  /** `nba_elt_dashboard:42` */
  taskDefinition: z.string(),
  desired: z.number(),
  running: z.number(),
  pending: z.number(),
  createdAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
});

const serviceEventSchema = z.object({ id: z.string(), at: z.iso.datetime(), text: z.string() });

/** The answer of a page that was asked, or why there was none. */
export const probeSchema = z.object({
  ok: z.boolean(),
  /** HTTP status; null when nothing answered. */
  status: z.number().nullable(),
  tookMs: z.number(),
  /** `200, data of 12:31:18 UTC`, or what is wrong and what to do. */
  text: z.string(),
  /** What its health page says: whether data are loaded, and when they were read; null where it does not. */
  hasSnapshot: z.boolean().nullable(),
  refreshedAt: z.iso.datetime().nullable(),
});
export type Probe = z.infer<typeof probeSchema>;

/** The service as one look of a worker found it: what the observation `dashboard` holds. */
export const dashboardStateSchema = z.object({
  cluster: z.string(),
  service: z.string(),
  region: z.string(),
  pageUrl: z.string().nullable(),
  /** `ACTIVE`, `DRAINING`, `INACTIVE` */
  status: z.string(),
  desired: z.number(),
  running: z.number(),
  pending: z.number(),
  deployments: z.array(ecsDeploymentSchema),
  tasks: z.array(ecsTaskSchema),
  /** Newest first, at most ten. */
  events: z.array(serviceEventSchema),
  /** Null where no health URL is configured. */
  health: probeSchema.nullable(),
  /** Null while nothing serves. */
  served: servedDataSchema.nullable(),
  /** Whether "refresh the data" can be offered: its URL and the health URL are configured. */
  refreshAvailable: z.boolean(),
  /** What would refuse a restart of the service as it stands; null when nothing would. */
  refusal: restartRefusalSchema.nullable(),
});
export type DashboardState = z.infer<typeof dashboardStateSchema>;

/** Something that the dashboard shows and that was built after it last read its data. */
const newerSchema = z.object({
  /** `gold.standings`, or `predictions` for those of our own ML runs. */
  name: z.string(),
  builtAt: z.iso.datetime(),
});

export const restartDueSchema = z.object({
  /** `unknown`: what it serves, or when the marts were built, cannot be told; `text` says why. */
  state: z.enum(["due", "current", "unknown"]),
  /** One sentence in numbers: `14 marts were rebuilt since the data were read; newest: standings.` */
  text: z.string(),
  /** Everything newer than what is served, newest first. */
  newer: z.array(newerSchema),
  /** How many base tables were compared. */
  compared: z.number(),
  /** Configured marts that could not be compared, and why: a view, no `__created_at`, not there. */
  notCompared: z.array(z.object({ name: z.string(), why: z.string() })),
});
export type RestartDue = z.infer<typeof restartDueSchema>;

/** `GET /api/dashboard`: everything that the page shows but the history. */
export const dashboardViewSchema = z.object({
  now: z.iso.datetime(),
  /** False when the variables of `missing` are not set: nothing is observed then, and no restart can be ordered. */
  configured: z.boolean(),
  missing: z.array(z.string()),
  /** The configured names; null where not configured. */
  target: z.object({ cluster: z.string(), service: z.string(), region: z.string() }).nullable(),
  /** The worker's last look; null while no worker has looked yet. */
  observation: z
    .object({
      observedAt: z.iso.datetime(),
      worker: z.string(),
      /** Why the last look failed, in words; `state` is then the last one that succeeded, from `stateAt`. */
      problem: z.string().nullable(),
      state: dashboardStateSchema.nullable(),
      stateAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  due: restartDueSchema,
  /** Shown beside the button and in the dialog: tonight's games would go empty. */
  warning: z.string().nullable(),
  /** The restart or refresh that is on its way. */
  activeRunId: z.uuid().nullable(),
});
export type DashboardView = z.infer<typeof dashboardViewSchema>;

/** `GET /api/dashboard/due`: the same judgement in a word, for every page; asking makes no worker look. */
export const dashboardDueSchema = z.object({
  state: z.enum(["due", "current", "unknown", "not-configured"]),
  /** How many marts, and predictions as one, are newer than what is served. */
  newer: z.number(),
});
export type DashboardDue = z.infer<typeof dashboardDueSchema>;

export const restartHistoryRequestSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** `GET /api/dashboard/restarts`: restarts and refreshes that have ended, newest first. */
export const restartHistorySchema = z.object({
  restarts: z.array(
    z.object({
      runId: z.uuid(),
      mode: z.enum(["restart", "refresh"]),
      state: z.string(),
      outcome: z.string().nullable(),
      recovered: z.boolean(),
      requestedBy: z.string(),
      reason: z.string().nullable(),
      startedAt: z.iso.datetime().nullable(),
      finishedAt: z.iso.datetime().nullable(),
      /** Seconds without a serving task; null when nothing was stopped, or the run left no receipt. */
      unservedSeconds: z.number().nullable(),
      servedAfter: servedDataSchema.nullable(),
    }),
  ),
  /** The middle of the last (at most ten) restarts that recovered; null without one. */
  typicalSeconds: z.number().nullable(),
  typicalOf: z.number(),
});
export type RestartHistory = z.infer<typeof restartHistorySchema>;
