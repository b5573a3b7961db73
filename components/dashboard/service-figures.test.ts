import { describe, expect, test } from "vitest";
import type { DashboardState } from "@/lib/contracts/dashboard";
import { STATE, TASK } from "./restart-fixtures";
import { ageText, serviceFigures, taskStanding } from "./service-figures";

const now = new Date("2026-11-22T17:10:12.000Z");
const [DEPLOYMENT] = STATE.deployments as [DashboardState["deployments"][number]];

/** One figure of a service that differs from one in order. */
function figure(label: string, change: Partial<DashboardState>) {
  const found = serviceFigures({ ...STATE, ...change }, now).find((known) => known.label === label);
  return found && [found.value, found.note, found.tone];
}

describe("serviceFigures", () => {
  test("a service in order", () => {
    expect(serviceFigures(STATE, now).map(({ value, note, tone }) => [value, note, tone])).toEqual([
      ["active", "desired 1, running 1, pending 0", "whole"],
      ["3 h 10 min", "9f3c1e, running, healthy", "plain"],
      ["completed", "scoreboard:42, Wed Nov 18, 3:05 PM ET", "plain"],
      ["9:00 AM ET", "by its health page, 200, 81 ms", "plain"],
    ]);
  });

  test("nothing seen yet", () => {
    expect(serviceFigures(null, now).map(({ value, tone }) => [value, tone])).toEqual(
      Array.from({ length: 4 }, () => ["—", "none"]),
    );
  });

  test.each<[string, string, Partial<DashboardState>, string[]]>([
    [
      "switched off",
      "Service",
      { desired: 0, running: 0 },
      ["active", "desired 0, running 0, pending 0", "missing"],
    ],
    [
      "being deleted",
      "Service",
      { status: "DRAINING" },
      ["draining", "desired 1, running 1, pending 0", "missing"],
    ],
    ["too few", "Service", { desired: 2 }, ["active", "desired 2, running 1, pending 0", "partial"]],
    ["no task", "Task", { tasks: [] }, ["none", "nothing serves", "missing"]],
    [
      "a task that comes up",
      "Task",
      { tasks: [{ ...TASK, lastStatus: "PROVISIONING", startedAt: null, health: null }] },
      ["provisioning", "9f3c1e", "partial"],
    ],
    [
      "an unhealthy task",
      "Task",
      { tasks: [{ ...TASK, health: "UNHEALTHY" }] },
      ["3 h 10 min", "9f3c1e, running, unhealthy", "missing"],
    ],
    [
      "several tasks",
      "Tasks",
      { tasks: [TASK, { ...TASK, startedAt: "2026-11-22T16:10:12.000Z", lastStatus: "PENDING" }] },
      ["2 tasks", "oldest 3 h 10 min, 1 not as wanted", "partial"],
    ],
    [
      "a deployment under way",
      "Deployment",
      {
        deployments: [
          { ...DEPLOYMENT, rollout: "IN_PROGRESS" },
          { ...DEPLOYMENT, status: "ACTIVE" },
        ],
      },
      ["in progress", "scoreboard:42, Wed Nov 18, 3:05 PM ET, beside an older one", "partial"],
    ],
    [
      "a deployment that ECS does not watch over",
      "Deployment",
      { deployments: [{ ...DEPLOYMENT, rollout: null, updatedAt: null, createdAt: null }] },
      ["steady", "scoreboard:42", "plain"],
    ],
    [
      "no health page",
      "Data as of",
      { health: null, served: { at: TASK.startedAt ?? "", source: "task-start" } },
      ["9:00 AM ET", "by its task's start", "plain"],
    ],
    [
      "nothing read yet",
      "Data as of",
      { served: null },
      ["not read yet", "read at the next page request", "plain"],
    ],
    ["nothing serves", "Data as of", { served: null, running: 0 }, ["—", "nothing serves", "none"]],
  ])("%s", (_name, label, change, expected) => expect(figure(label, change)).toEqual(expected));
});

test.each([
  ["RUNNING", "RUNNING", "HEALTHY", "running, healthy"],
  ["RUNNING", "RUNNING", null, "running"],
  ["RUNNING", "STOPPED", "HEALTHY", "stopping, healthy"],
  ["PENDING", "RUNNING", null, "pending"],
  ["DEPROVISIONING", "STOPPED", "UNHEALTHY", "deprovisioning"],
] as const)("%s, wanted %s, health %s: %s", (lastStatus, desiredStatus, health, text) =>
  expect(taskStanding({ lastStatus, desiredStatus, health })).toBe(text),
);

test.each([
  ["2026-11-22T17:10:10.000Z", "2 s"],
  ["2026-11-20T18:10:12.000Z", "47 h 00 min"],
  ["2026-11-19T17:10:12.000Z", "3 days"],
])("since %s it is %s", (since, text) => expect(ageText(since, now)).toBe(text));
