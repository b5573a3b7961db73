import type { DashboardState, DashboardView } from "@/lib/contracts/dashboard";
import type { DashboardRestartReceipt, TaskRef } from "@/lib/contracts/run-kinds/dashboard-restart";

/** What tests of the dashboard's screens start from: a service in order, and a restart that went well. */

export function taskRef(shortId: string, startedAt: string | null): TaskRef {
  return { arn: `arn:aws:ecs:us-east-1:123456789012:task/courts/${shortId}`, shortId, startedAt };
}

export const RECEIPT: DashboardRestartReceipt = {
  kind: "dashboard-restart",
  mode: "restart",
  cluster: "courts",
  service: "scoreboard",
  region: "us-east-1",
  recovered: true,
  tasks: [
    {
      old: taskRef("41ab07", "2026-11-22T09:00:00.000Z"),
      stoppedAt: "2026-11-22T14:00:01.000Z",
      replacement: taskRef("9f3c1e", "2026-11-22T14:00:06.000Z"),
      servingAt: "2026-11-22T14:00:08.000Z",
    },
  ],
  unserved: { seconds: 6.8, measuredBy: "page", everySeconds: 0.5, open: false },
  served: {
    before: { at: "2026-11-22T09:00:20.000Z", source: "health" },
    after: { at: "2026-11-22T14:00:07.000Z", source: "health" },
  },
  page: { ok: true, text: "200" },
  health: { ok: true, text: "200, data of 14:00:07 UTC" },
  events: [{ at: "2026-11-22T14:00:02.000Z", text: "has started 1 tasks: task 9f3c1e" }],
  resumed: false,
};

export const TASK: DashboardState["tasks"][number] = {
  ...taskRef("9f3c1e", "2026-11-22T14:00:06.000Z"),
  lastStatus: "RUNNING",
  desiredStatus: "RUNNING",
  health: "HEALTHY",
  createdAt: "2026-11-22T14:00:02.000Z",
  taskDefinition: "scoreboard:42",
};

export const STATE: DashboardState = {
  cluster: "courts",
  service: "scoreboard",
  region: "us-east-1",
  pageUrl: "https://scoreboard.example.org/",
  status: "ACTIVE",
  desired: 1,
  running: 1,
  pending: 0,
  deployments: [
    {
      id: "ecs-svc/1",
      status: "PRIMARY",
      rollout: "COMPLETED",
      rolloutReason: null,
      taskDefinition: "scoreboard:42",
      desired: 1,
      running: 1,
      pending: 0,
      createdAt: "2026-11-18T20:00:00.000Z",
      updatedAt: "2026-11-18T20:05:00.000Z",
    },
  ],
  tasks: [TASK],
  events: [{ id: "1", at: "2026-11-22T14:00:09.000Z", text: "has reached a steady state" }],
  health: {
    ok: true,
    status: 200,
    tookMs: 81,
    text: "200, data of 14:00:07 UTC",
    hasSnapshot: true,
    refreshedAt: "2026-11-22T14:00:07.000Z",
  },
  served: { at: "2026-11-22T14:00:07.000Z", source: "health" },
  refreshAvailable: false,
  refusal: null,
};

export const VIEW: DashboardView = {
  now: "2026-11-22T17:10:12.000Z",
  configured: true,
  missing: [],
  target: { cluster: "courts", service: "scoreboard", region: "us-east-1" },
  observation: {
    observedAt: "2026-11-22T17:10:10.000Z",
    worker: "worker-1",
    problem: null,
    state: STATE,
    stateAt: "2026-11-22T17:10:10.000Z",
  },
  due: { state: "current", text: "The data are current.", newer: [], compared: 28, notCompared: [] },
  warning: null,
  activeRunId: null,
};
