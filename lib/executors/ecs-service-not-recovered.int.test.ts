import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RestartStand, startRestartStand } from "@/sandbox/testing/restart-stand";

let stand: RestartStand;

beforeAll(async () => {
  stand = await startRestartStand();
});
beforeEach(() => stand.mend());
afterAll(() => stand.close());

describe("fault 30: the service does not come back", () => {
  it("fails when the replacement does not come up, with the service's events", async () => {
    const handle = await stand.prepare();
    stand.sandbox.fault({ replacementFails: true });
    const details = await stand.runOutOfTime(
      stand.begin(handle),
      /STOPPED, CannotPull.*STOPPED, CannotPull.*new task/s,
    );
    expect(details.end).toMatchObject({
      kind: "not-recovered",
      text: expect.stringMatching(
        /^None of \d+ new tasks came up \(\w{6}: STOPPED, CannotPull.*\) within 10 min$/,
      ),
    });
    expect(details.events.map(({ text }) => text).join()).toContain("unable to consistently start tasks");
    expect(details.unserved?.open).toBe(true);
    expect(details.standing).toMatch(/^0 of 1 tasks run/);
    expect(stand.stops()).toHaveLength(1);
  });

  it("fails when ECS starts nothing", async () => {
    const handle = await stand.prepare();
    stand.sandbox.fault({ noReplacement: true });
    const details = await stand.runOutOfTime(stand.begin(handle), /waiting for the task/);
    expect(details.end).toEqual({
      kind: "not-recovered",
      text: "ECS has started no new task within 10 min",
    });
  });

  it("fails when the new task runs and never becomes healthy", async () => {
    const handle = await stand.prepare();
    stand.sandbox.fault({ unhealthy: true });
    const details = await stand.runOutOfTime(stand.begin(handle), /RUNNING, UNHEALTHY/);
    expect(details.end).toMatchObject({
      kind: "not-recovered",
      text: expect.stringContaining("RUNNING, UNHEALTHY"),
    });
  });

  it.each([
    ["error", /500: it answers with an error/],
    ["hang", /no answer within/],
  ] as const)("fails when the health page answers with: %s", async (health, said) => {
    const handle = await stand.prepare();
    stand.sandbox.fault({ health });
    const details = await stand.runOutOfTime(stand.begin(handle), said);
    expect(details.end).toMatchObject({
      kind: "not-recovered",
      text: expect.stringContaining("The health page does not answer for new data"),
    });
    expect(details.handle.tasks[0]?.replacement).not.toBeNull();
  });

  it("fails when the page does not answer", async () => {
    const handle = await stand.prepare();
    stand.sandbox.fault({ page: "error" });
    const details = await stand.runOutOfTime(stand.begin(handle), /500: it answers with an error/);
    expect(details.end).toMatchObject({ kind: "not-recovered", text: expect.stringContaining("500") });
    expect(details.unserved?.open).toBe(true);
  });

  it("says that ECS could not be asked, where it could not to the end", async () => {
    const run = stand.begin(await stand.prepare());
    await stand.sandbox.until("stopped", ({ control }) => control.stops.length === 1);
    stand.sandbox.fault({ expired: true });
    const details = await stand.runOutOfTime(run, /have expired/);
    expect(details.end).toMatchObject({
      kind: "not-recovered",
      text: expect.stringMatching(/^ECS could not be asked \(.*have expired.*\) within 10 min$/),
    });
    expect(details.standing).toBeNull();
  });

  it("fails at once when somebody switches the service off meanwhile", async () => {
    stand.sandbox.fault({ noReplacement: true });
    const run = stand.begin(await stand.prepare());
    await stand.sandbox.until("stopped", ({ scheduler }) => scheduler.live.length === 0);
    stand.sandbox.fault({ desired: 0 });
    await run.ended;
    expect((await run.collect()).end).toMatchObject({
      kind: "not-recovered",
      text: expect.stringContaining("desired count of nba_elt_dashboard was set to 0"),
    });
  });
});
