import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RestartStand, startRestartStand } from "@/sandbox/testing/restart-stand";

let stand: RestartStand;

beforeAll(async () => {
  stand = await startRestartStand();
});
beforeEach(() => stand.mend());
afterAll(() => stand.close());

describe("a refresh without downtime", () => {
  it("has the same task read newer data, and proves it by the health page", async () => {
    const before = await stand.sandbox.read();
    const task = stand.currentTask();
    const run = stand.begin(await stand.prepare("refresh"));
    await run.ended;
    const details = await run.collect();
    expect(details.end).toEqual({ kind: "recovered" });
    expect(details.unserved).toBeNull();
    const after = await stand.sandbox.read();
    expect(Date.parse(after.dataAsOf ?? "")).toBeGreaterThan(Date.parse(before.dataAsOf ?? ""));
    expect(details.servedAfter).toEqual({ at: after.dataAsOf, source: "health" });
    expect(stand.currentTask()).toBe(task);
    expect(stand.sandbox.ecs.control.calls.StopTask).toBeUndefined();
  });

  it("says that the token is wrong", async () => {
    await stand.sandbox.read();
    const handle = await stand.prepare("refresh");
    const wrong = stand.probe({ header: { name: "X-Refresh-Token", value: "another-token" } });
    const run = stand.begin(handle, { probe: wrong });
    await run.ended;
    expect((await run.collect()).end).toMatchObject({
      kind: "halted",
      text: expect.stringContaining("401: it refuses the token; check DASHBOARD_HEADER_NAME"),
    });
  });

  it("says that this build cannot, where the dashboard has no such page", async () => {
    await stand.sandbox.read();
    const handle = await stand.prepare("refresh");
    const older = stand.probe({ refreshUrl: `${stand.sandbox.ecs.pageUrl}/nothing-here` });
    const run = stand.begin(handle, { probe: older });
    await run.ended;
    expect((await run.collect()).end).toMatchObject({
      kind: "halted",
      text: expect.stringContaining("restart it instead"),
    });
  });

  it("is refused where it could not be verified", async () => {
    await expect(stand.prepare("refresh", { refreshUrl: null })).rejects.toThrow(
      "DASHBOARD_REFRESH_URL is not set",
    );
    await expect(stand.prepare("refresh", { healthUrl: null })).rejects.toThrow(
      "DASHBOARD_HEALTH_URL is not set",
    );
    stand.sandbox.fault({ health: "error" });
    await expect(stand.prepare("refresh")).rejects.toThrow("does not tell of when the data are (500");
  });

  it("calls data that stay `unchanged`", async () => {
    await stand.sandbox.read();
    const handle = await stand.prepare("refresh");
    const far = { at: "2999-01-01T00:00:00.000Z", source: "health" as const };
    const details = await stand.runOutOfTime(stand.begin({ ...handle, servedBefore: far }), /still serves/);
    expect(details.end).toMatchObject({ kind: "unchanged", text: expect.stringContaining("still serves") });
  });
});
