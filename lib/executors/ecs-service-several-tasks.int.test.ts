import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RestartStand, startRestartStand } from "@/sandbox/testing/restart-stand";

let stand: RestartStand;

beforeAll(async () => {
  stand = await startRestartStand({ desired: 2, healthCheck: false });
});
beforeEach(() => stand.mend());
afterAll(() => stand.close());

describe("a service with several tasks", () => {
  it("is restarted one task after the other, from all pages of the list", async () => {
    const { sandbox } = stand;
    sandbox.fault({ pageSize: 1 });
    const old = sandbox.ecs.scheduler.live.map(({ id }) => id);
    const { details, said } = await stand.restart();
    expect(details.end).toEqual({ kind: "recovered" });
    expect(stand.stops().sort()).toEqual([...old].sort());
    expect(sandbox.ecs.scheduler.live.filter(({ id }) => old.includes(id))).toEqual([]);
    const [first, second] = details.handle.tasks;
    // The second goes only when the first one's replacement serves.
    expect(Date.parse(second?.stopRequestedAt ?? "")).toBeGreaterThanOrEqual(
      Date.parse(first?.servingAt ?? ""),
    );
    expect(first?.replacement?.arn).not.toBe(second?.replacement?.arn);
    expect(said.filter((line) => line.startsWith("stopping task"))).toHaveLength(2);
  });

  it("halts between two tasks when the service has changed", async () => {
    const run = stand.begin(await stand.prepare(), {
      storeHandle: async ({ tasks }) => {
        if (tasks[0]?.servingAt) stand.sandbox.fault({ deployment: "in-progress" });
      },
    });
    await run.ended;
    const details = await run.collect();
    expect(details.end).toMatchObject({ kind: "halted", text: expect.stringContaining("deployment") });
    expect(stand.stops()).toHaveLength(1);
    expect(details.handle.tasks.map(({ servingAt }) => servingAt !== null)).toEqual([true, false]);
  });

  it("is not refreshed: one of the tasks would stay old", async () => {
    await expect(stand.prepare("refresh")).rejects.toThrow("a refresh reaches only one of them");
  });
});
