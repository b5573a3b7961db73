import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RestartStand, startRestartStand } from "@/sandbox/testing/restart-stand";

let stand: RestartStand;

beforeAll(async () => {
  stand = await startRestartStand();
});
beforeEach(() => stand.mend());
afterAll(() => stand.close());

const taskIsStopped = () =>
  stand.sandbox.until("the task is stopped", ({ scheduler }) => scheduler.live.length === 0);

describe("a restart", () => {
  it("stops the task, waits for a new one, loads its page, and proves that the data are new", async () => {
    const { sandbox } = stand;
    const before = await sandbox.read();
    expect(await sandbox.read()).toEqual(before);
    const old = stand.currentTask();
    const { details, said, told, stored } = await stand.restart();
    expect(details.end).toEqual({ kind: "recovered" });
    expect(stand.stops()).toEqual([old]);
    expect(sandbox.ecs.control.stops[0]?.reason).toBe("restarted by Backcourt, run run-1");
    const [entry] = details.handle.tasks;
    expect(entry?.old.arn).toContain(old);
    expect(entry?.replacement?.arn).toContain(stand.currentTask());
    expect(stand.currentTask()).not.toBe(old);
    const after = await sandbox.read();
    expect(Date.parse(after.dataAsOf ?? "")).toBeGreaterThan(Date.parse(before.dataAsOf ?? ""));
    expect(details.handle.servedBefore).toEqual({ at: before.dataAsOf, source: "health" });
    expect(details.servedAfter).toEqual({ at: after.dataAsOf, source: "health" });
    expect(details.unserved).toMatchObject({ measuredBy: "page", open: false });
    // Nothing can serve between the old task's end and a new one's third state.
    expect(details.unserved?.seconds).toBeGreaterThan(0.2);
    expect(stored[0]?.tasks[0]).toMatchObject({ stopRequestedAt: expect.any(String), replacement: null });
    expect(told.join("\n")).toMatch(/ECS \(service nba_elt_dashboard\) has started 1 tasks/);
    expect(details.events.length).toBeGreaterThan(0);
    expect(said).toContain(`task ${entry?.replacement?.shortId} runs in place of ${old.slice(0, 6)}`);
    expect(said.some((line) => /^new task \w{6}: (PROVISIONING|PENDING|ACTIVATING|RUNNING)/.test(line))).toBe(
      true,
    );
  });

  it("counts running tasks where there is no page to ask", async () => {
    const nothing = { pageUrl: null, healthUrl: null, refreshUrl: null };
    const { details } = await stand.restart({ probe: stand.probe(nothing) });
    expect(details.end).toEqual({ kind: "recovered" });
    expect(details.unserved).toMatchObject({ measuredBy: "tasks", open: false });
    expect(details.unserved?.seconds).toBeGreaterThan(0.2);
    expect(details.servedAfter?.source).toBe("task-start");
  });
});

describe("fault 28: ECS throttles, or the reply is lost after StopTask", () => {
  it("goes on after throttled calls, and stops one task once", async () => {
    const old = stand.currentTask();
    const handle = await stand.prepare();
    stand.sandbox.fault({ throttle: 3 });
    const run = stand.begin(handle);
    await run.ended;
    expect((await run.collect()).end).toEqual({ kind: "recovered" });
    expect(stand.stops()).toEqual([old]);
  });

  it("stops no second task when the reply is lost: only this ARN, however often", async () => {
    const old = stand.currentTask();
    const handle = await stand.prepare();
    stand.sandbox.fault({ loseStopReply: 1 });
    const run = stand.begin(handle);
    await run.ended;
    expect((await run.collect()).end).toEqual({ kind: "recovered" });
    expect(new Set(stand.stops())).toEqual(new Set([old]));
    expect(stand.currentTask()).not.toBe(old);
  });

  it("looks at the task where every reply of every attempt is lost", async () => {
    const old = stand.currentTask();
    const handle = await stand.prepare();
    stand.sandbox.fault({ loseStopReply: 100 });
    const run = stand.begin(handle);
    await run.ended;
    expect((await run.collect()).end).toEqual({ kind: "recovered" });
    expect(new Set(stand.stops())).toEqual(new Set([old]));
    expect(run.said.some((line) => line.includes("Looking whether task"))).toBe(true);
  });
});

describe("a cancel", () => {
  it("stops the waiting, and says what stands", async () => {
    stand.sandbox.fault({ noReplacement: true });
    const run = stand.begin(await stand.prepare());
    await taskIsStopped();
    await run.stop();
    const details = await run.collect();
    expect(details.end).toEqual({ kind: "stopped", text: "" });
    expect(details.standing).toBe("0 of 1 tasks run, 0 pending");
    expect(details.handle.tasks[0]?.stopRequestedAt).not.toBeNull();
  });

  it("before StopTask leaves the task alone", async () => {
    const run = stand.begin(await stand.prepare(), {
      storeHandle: async () => void run.stop(),
    });
    await run.ended;
    expect((await run.collect()).handle.tasks[0]?.stopRequestedAt).toBeNull();
    expect(stand.sandbox.ecs.control.calls.StopTask).toBeUndefined();
  });
});

describe("a worker that is lost", () => {
  it("before StopTask was sent: the next one stops this task, and no other", async () => {
    const old = stand.currentTask();
    const run = stand.begin(await stand.prepare(), { resumed: true });
    await run.ended;
    expect((await run.collect()).end).toEqual({ kind: "recovered" });
    expect(stand.stops()).toEqual([old]);
  });

  it("between storing and StopTask: the next one sends it, for this task", async () => {
    const old = stand.currentTask();
    const handle = await stand.prepare();
    const [entry] = handle.tasks;
    if (entry) entry.stopRequestedAt = new Date().toISOString();
    const run = stand.begin(handle, { resumed: true });
    await run.ended;
    expect((await run.collect()).end).toEqual({ kind: "recovered" });
    expect(stand.stops()).toEqual([old]);
  });

  it("after StopTask: the next one stops nothing, and sees the new task through", async () => {
    const old = stand.currentTask();
    stand.sandbox.fault({ noReplacement: true });
    const first = stand.begin(await stand.prepare());
    await taskIsStopped();
    await first.stop();
    stand.sandbox.fault({});
    const [left] = first.stored;
    if (!left) throw new Error("nothing was stored");
    const second = stand.begin(left, { resumed: true });
    await second.ended;
    const details = await second.collect();
    expect(details.end).toEqual({ kind: "recovered" });
    expect(details.resumed).toBe(true);
    expect(stand.stops()).toEqual([old]);
    expect(details.unserved?.seconds).toBeGreaterThan(0.2);
  });

  it("when the new task is up already: the next one stops nothing at all", async () => {
    const old = stand.currentTask();
    const { stored } = await stand.restart();
    const [left] = stored;
    if (!left) throw new Error("nothing was stored");
    const second = stand.begin(left, { resumed: true });
    await second.ended;
    expect((await second.collect()).end).toEqual({ kind: "recovered" });
    expect(stand.stops()).toEqual([old]);
  });

  it("and a deployment has begun meanwhile: nothing is stopped", async () => {
    const handle = await stand.prepare();
    stand.sandbox.fault({ deployment: "in-progress" });
    const run = stand.begin(handle, { resumed: true });
    await run.ended;
    expect((await run.collect()).end).toMatchObject({
      kind: "halted",
      text: expect.stringContaining("deployment"),
    });
    expect(stand.sandbox.ecs.control.calls.StopTask).toBeUndefined();
  });
});
