import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ControlState } from "@/sandbox/ecs/control-state";
import { type RestartStand, startRestartStand } from "@/sandbox/testing/restart-stand";
import { prepareRestart } from "./ecs-service";

let stand: RestartStand;

beforeAll(async () => {
  stand = await startRestartStand();
});
beforeEach(() => stand.mend());
afterAll(() => stand.close());

describe("fault 29: a service that cannot be restarted", () => {
  const cases: [name: string, faults: Partial<ControlState>, words: string, running?: number][] = [
    ["no task", { noReplacement: true }, "nothing to stop", 0],
    ["desired 0", { desired: 0 }, "desired count is 0"],
    [
      "a deployment in progress",
      { deployment: "in-progress" },
      "A deployment of nba_elt_dashboard is in progress",
    ],
    ["a failed deployment", { deployment: "failed" }, "Mend the deployment first"],
    [
      "several tasks where one is wanted",
      { extraTasks: 1 },
      "2 tasks of nba_elt_dashboard run and 1 is wanted",
      2,
    ],
    ["a deleted service", { status: "INACTIVE" }, "is INACTIVE"],
  ];

  it.each(cases)("refuses %s, says which, and stops nothing", async (_name, faults, words, running) => {
    const { sandbox } = stand;
    sandbox.fault(faults);
    if (faults.noReplacement)
      await sandbox.ecs.scheduler.live[0]?.stop("EssentialContainerExited", "crashed");
    if (running !== undefined)
      await sandbox.until(`${running} running`, ({ scheduler }) => scheduler.running.length === running);
    await expect(stand.prepare()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(words),
    });
    expect(sandbox.ecs.control.calls.StopTask).toBeUndefined();
  });

  it("sees a task on the second page of the list", async () => {
    const { sandbox } = stand;
    sandbox.fault({ extraTasks: 1, pageSize: 1 });
    await sandbox.until("2 running", ({ scheduler }) => scheduler.running.length === 2);
    sandbox.ecs.control.forget();
    await expect(stand.prepare()).rejects.toThrow("2 tasks");
    expect(sandbox.ecs.control.calls.ListTasks).toBe(2);
  });

  it("never sends an empty name to StopTask", async () => {
    await expect(stand.api.stopTask("", "reason")).rejects.toThrow("is no task's ARN");
    expect(stand.sandbox.ecs.control.calls.StopTask).toBeUndefined();
  });
});

describe("AWS that refuses", () => {
  it.each<[string, Partial<ControlState>, string]>([
    ["expired credentials", { expired: true }, "aws sso login"],
    [
      "no permission to look",
      { deny: ["DescribeServices"] },
      "may not do ecs:DescribeServices on arn:aws:ecs",
    ],
  ])("says %s in words, before anything is done", async (_name, faults, words) => {
    stand.sandbox.fault(faults);
    await expect(stand.prepare()).rejects.toMatchObject({
      code: "aws-unavailable",
      message: expect.stringContaining(words),
    });
  });

  it.each([
    ["cluster", { cluster: "nowhere" }, "There is no cluster nowhere in us-east-1"],
    ["region", { region: "eu-west-1" }, "eu-west-1 is not the region of this endpoint"],
  ])("says that the %s is wrong", async (_name, changes, words) => {
    await expect(stand.apiOf(changes).describeService()).rejects.toThrow(words);
  });

  it("refuses a service that is not there", async () => {
    const preparing = prepareRestart({
      api: stand.apiOf({ service: "other" }),
      probe: stand.probe(),
      mode: "restart",
      now: () => new Date(),
    });
    await expect(preparing).rejects.toThrow("has no service other");
  });

  it("says that an ECS which cuts every connection does not answer", async () => {
    stand.sandbox.fault({ down: true });
    await expect(stand.api.describeService()).rejects.toThrow("does not answer");
  });

  it("stops nothing without the permission, and says which is missing", async () => {
    stand.sandbox.fault({ deny: ["StopTask"] });
    const old = stand.currentTask();
    const { details } = await stand.restart();
    expect(details.end).toMatchObject({
      kind: "halted",
      text: expect.stringContaining("may not do ecs:StopTask"),
    });
    expect(details.handle.tasks[0]?.stopRequestedAt).toBeNull();
    expect(details.unserved).toBeNull();
    expect(stand.currentTask()).toBe(old);
  });

  it("is waited for in the middle of a restart", async () => {
    const run = stand.begin(await stand.prepare());
    await stand.sandbox.until("stopped", ({ control }) => control.stops.length === 1);
    stand.sandbox.fault({ expired: true });
    await vi.waitFor(() => expect(run.said.join()).toContain("have expired"), { timeout: 5_000 });
    stand.sandbox.fault({});
    await run.ended;
    expect((await run.collect()).end).toEqual({ kind: "recovered" });
  });
});
