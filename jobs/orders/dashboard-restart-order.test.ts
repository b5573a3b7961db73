import { describe, expect, it } from "vitest";
import type { JobSettings } from "@/jobs/define-job";
import { type DashboardState, dashboardStateSchema } from "@/lib/contracts/dashboard";
import {
  type DashboardRestartOrder,
  dashboardRestartPreviewSchema,
} from "@/lib/contracts/run-kinds/dashboard-restart";
import { type DashboardRestartFacts, prepareDashboardRestartOrder } from "./dashboard-restart-order";

const SETTINGS: JobSettings = {
  ingestion: { command: ["x"], cwd: "/" },
  dbt: null,
  ml: null,
  dashboard: { region: "us-east-1", cluster: "main", service: "dash" },
};
const TASK = { arn: "arn:1", shortId: "41ab07", startedAt: "2026-11-22T12:31:00.000Z" };
const STATE: DashboardState = dashboardStateSchema.parse({
  cluster: "main",
  service: "dash",
  region: "us-east-1",
  pageUrl: null,
  status: "ACTIVE",
  desired: 1,
  running: 1,
  pending: 0,
  deployments: [],
  tasks: [
    {
      ...TASK,
      lastStatus: "RUNNING",
      desiredStatus: "RUNNING",
      health: null,
      createdAt: null,
      taskDefinition: "dash:42",
    },
  ],
  events: [],
  health: null,
  served: { at: "2026-11-22T12:31:00.000Z", source: "task-start" },
  refreshAvailable: true,
  refusal: null,
});

function facts(changes: Partial<DashboardRestartFacts> = {}): DashboardRestartFacts {
  return {
    now: new Date("2026-11-22T18:00:00Z"),
    dailyRun: { fromMinute: 720, toMinute: 750 },
    absentWorkers: null,
    state: STATE,
    stateAt: "2026-11-22T17:59:58.000Z",
    usual: { typicalSeconds: 7.1, typicalOf: 10 },
    ...changes,
  };
}

function order(
  mode: "restart" | "refresh",
  changes: Partial<DashboardRestartOrder> = {},
): DashboardRestartOrder {
  return { kind: "dashboard-restart", params: [{ mode }], overrideDailyRun: false, ...changes };
}

describe("prepareDashboardRestartOrder", () => {
  it("says what will be stopped, what it costs, and what has to be typed", () => {
    const { runs, unconfirmed } = prepareDashboardRestartOrder(order("restart"), SETTINGS, facts());
    expect(runs[0]).toMatchObject({
      title: "Restart the dashboard",
      argv: ["ecs-service", "restart", "--region", "us-east-1", "--cluster", "main", "--service", "dash"],
      lockKey: "dashboard",
      requestCost: 0,
    });
    const details = dashboardRestartPreviewSchema.parse(runs[0]?.details);
    expect(details).toMatchObject({ confirm: "dash", tasks: [TASK], typicalSeconds: 7.1, refusal: null });
    expect(unconfirmed).toEqual([{ path: "confirm", message: expect.stringContaining("type dash") }]);
  });

  it.each([
    ["dash", 0],
    ["Dash", 1],
    ["dash ", 1],
    ["", 1],
    [undefined, 1],
  ])("takes the confirmation %j only when it is the service's name", (confirm, problems) => {
    const { unconfirmed } = prepareDashboardRestartOrder(order("restart", { confirm }), SETTINGS, facts());
    expect(unconfirmed).toHaveLength(problems);
  });

  it("asks for no confirmation of a refresh, which stops nothing", () => {
    const { runs, unconfirmed } = prepareDashboardRestartOrder(order("refresh"), SETTINGS, facts());
    expect(unconfirmed).toEqual([]);
    expect(runs[0]?.details).toMatchObject({ confirm: null, tasks: [] });
  });

  it("shows what would refuse it, by the last look", () => {
    const refusal = { code: "desired-zero" as const, message: "switched off" };
    const refused = prepareDashboardRestartOrder(
      order("restart"),
      SETTINGS,
      facts({ state: { ...STATE, refusal } }),
    );
    expect(refused.runs[0]?.details).toMatchObject({ refusal });
    const bare = facts({ state: { ...STATE, refreshAvailable: false } });
    expect(prepareDashboardRestartOrder(order("refresh"), SETTINGS, bare).runs[0]?.details).toMatchObject({
      refusal: { code: "no-refresh-url" },
    });
    expect(
      prepareDashboardRestartOrder(order("restart"), SETTINGS, facts({ state: null })).runs[0]?.details,
    ).toMatchObject({ refusal: null, tasks: [], served: null });
  });

  it("warns that tonight's games would go empty, and that nobody would carry it out", () => {
    const night = facts({
      now: new Date("2026-11-23T03:00:00Z"),
      absentWorkers: { since: null, stopped: false },
    });
    const { warnings } = prepareDashboardRestartOrder(order("restart"), SETTINGS, night);
    expect(warnings.map(({ code }) => code)).toEqual(["tonight-empties", "no-worker"]);
    expect(prepareDashboardRestartOrder(order("restart"), SETTINGS, facts()).warnings).toEqual([]);
  });

  it("is not held back by the daily run", () => {
    const noon = facts({ now: new Date("2026-11-22T12:10:00Z") });
    const { warnings } = prepareDashboardRestartOrder(order("restart"), SETTINGS, noon);
    expect(warnings.map(({ code }) => code)).toEqual(["tonight-empties"]);
  });

  it("cannot be ordered without a dashboard", () => {
    expect(() =>
      prepareDashboardRestartOrder(order("restart"), { ...SETTINGS, dashboard: null }, facts()),
    ).toThrow("not configured");
  });
});
