import { describe, expect, it } from "vitest";
import type { ServiceSnapshot, TaskSnapshot } from "@/lib/aws/service-snapshot";
import { checkRefresh, checkRestart, type ServiceLook } from "./ecs-service-precheck";

const TARGET = { region: "us-east-1", cluster: "main", service: "dash" };

const deployment = {
  id: "d1",
  status: "PRIMARY",
  rollout: "COMPLETED" as string | null,
  rolloutReason: null as string | null,
  taskDefinition: "dash:42",
  desired: 1,
  running: 1,
  pending: 0,
  createdAt: null,
  updatedAt: null,
};

function service(changes: Partial<ServiceSnapshot> = {}): ServiceSnapshot {
  return {
    status: "ACTIVE",
    desired: 1,
    running: 1,
    pending: 0,
    deployer: "ECS",
    deployments: [deployment],
    events: [{ id: "e", at: "2026-11-23T00:00:00.000Z", text: "(service dash) has reached a steady state." }],
    ...changes,
  };
}

function task(id: string, changes: Partial<TaskSnapshot> = {}): TaskSnapshot {
  return {
    arn: `arn:aws:ecs:us-east-1:1:task/main/${id}`,
    shortId: id,
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    health: null,
    group: "service:dash",
    createdAt: null,
    startedAt: "2026-11-22T12:31:00.000Z",
    stoppedReason: null,
    taskDefinition: "dash:42",
    ...changes,
  };
}

const A = task("aaaaaa");
const B = task("bbbbbb");
const older = { ...deployment, id: "d0", status: "ACTIVE" };

const REFUSED: [name: string, look: ServiceLook, code: string, words: string][] = [
  ["no such service", { service: null, tasks: [] }, "service-missing", "no service dash"],
  ["inactive", { service: service({ status: "INACTIVE" }), tasks: [A] }, "service-not-active", "is INACTIVE"],
  ["draining", { service: service({ status: "DRAINING" }), tasks: [A] }, "service-not-active", "is DRAINING"],
  [
    "another deployer",
    { service: service({ deployer: "CODE_DEPLOY", deployments: [] }), tasks: [A] },
    "other-deployer",
    "CODE_DEPLOY",
  ],
  ["desired 0", { service: service({ desired: 0, running: 0 }), tasks: [] }, "desired-zero", "count is 0"],
  [
    "desired 0 with a task left",
    { service: service({ desired: 0, running: 1 }), tasks: [A] },
    "desired-zero",
    "count is 0",
  ],
  [
    "two deployments",
    { service: service({ deployments: [{ ...deployment, running: 0 }, older] }), tasks: [A] },
    "deployment-in-progress",
    "dash:42 has 0 of 1 running",
  ],
  [
    "one deployment, not completed",
    { service: service({ deployments: [{ ...deployment, rollout: "IN_PROGRESS" }] }), tasks: [A] },
    "deployment-in-progress",
    "wait until it is completed",
  ],
  [
    "a failed deployment",
    {
      service: service({
        deployments: [{ ...deployment, rollout: "FAILED", rolloutReason: "tasks failed." }],
      }),
      tasks: [A],
    },
    "deployment-failed",
    "(tasks failed)",
  ],
  ["no task", { service: service({ running: 0 }), tasks: [] }, "no-task", "nothing to stop"],
  [
    "a task that is starting",
    { service: service({ running: 0, pending: 1 }), tasks: [task("aaaaaa", { lastStatus: "PENDING" })] },
    "task-starting",
    "aaaaaa of dash is PENDING",
  ],
  [
    "one too many",
    { service: service({ running: 2 }), tasks: [A, B] },
    "too-many-tasks",
    "2 tasks of dash run and 1 is wanted",
  ],
  ["one too few", { service: service({ desired: 2 }), tasks: [A] }, "too-few-tasks", "1 of 2"],
  [
    "listed, and not counted as running",
    { service: service({ desired: 1, running: 0 }), tasks: [A] },
    "too-few-tasks",
    "0 of 1",
  ],
  [
    "a task of another service",
    { service: service(), tasks: [task("aaaaaa", { group: "service:other" })] },
    "foreign-task",
    "belongs to service:other",
  ],
  [
    "a task of no service",
    { service: service(), tasks: [task("aaaaaa", { group: "" })] },
    "foreign-task",
    "belongs to no service",
  ],
];

describe("checkRestart", () => {
  it.each(REFUSED)("refuses %s", (_name, look, code, words) => {
    const check = checkRestart(look, TARGET);
    expect(check).toMatchObject({ ok: false, refusal: { code } });
    expect(check.ok ? "" : check.refusal.message).toContain(words);
  });

  it("gives every refusal words of its own", () => {
    const messages = REFUSED.map(([, look]) => {
      const check = checkRestart(look, TARGET);
      return check.ok ? null : `${check.refusal.code} ${check.refusal.message}`;
    });
    expect(new Set(messages.map((message) => message?.split(" ")[0])).size).toBe(11);
  });

  it("names exactly the service's tasks where all is well", () => {
    expect(checkRestart({ service: service(), tasks: [A] }, TARGET)).toMatchObject({ ok: true, tasks: [A] });
    const two = service({ desired: 2, running: 2 });
    expect(checkRestart({ service: two, tasks: [A, B] }, TARGET)).toMatchObject({ ok: true, tasks: [A, B] });
  });

  it("trusts the counts where ECS does not tell of a rollout", () => {
    const quiet = service({ deployments: [{ ...deployment, rollout: null }] });
    expect(checkRestart({ service: quiet, tasks: [A] }, TARGET).ok).toBe(true);
  });
});

describe("checkRefresh", () => {
  it("takes one task, and refuses several", () => {
    expect(checkRefresh({ service: service(), tasks: [A] }, TARGET).ok).toBe(true);
    const two = { service: service({ desired: 2, running: 2 }), tasks: [A, B] };
    expect(checkRefresh(two, TARGET)).toMatchObject({ ok: false, refusal: { code: "several-tasks" } });
  });
});
