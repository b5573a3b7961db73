import { restartHistorySchema } from "@/lib/contracts/dashboard";
import { createRunsResponseSchema } from "@/lib/contracts/runs";
import { SANDBOX_TARGET } from "@/sandbox/testing/sandbox-dashboard-names";
import { type ConsoleApi, hasEnded } from "./stack/console-api";
import { dashboardView, dataAsOf, faultEcs, rebuildMart, stoppedTasks } from "./stack/dashboard-page";
import { expect, test } from "./stack/test";

test.afterEach(({ stack }) => fetch(`${stack.ecsUrl}/control`, { method: "DELETE" }).then(() => undefined));

async function order(api: ConsoleApi, mode: "restart" | "refresh"): Promise<string> {
  const answer = await api.post("/api/runs", {
    kind: "dashboard-restart",
    params: [{ mode }],
    confirm: SANDBOX_TARGET.service,
  });
  expect(answer.status).toBe(202);
  return createRunsResponseSchema.parse(await answer.json()).runs[0]?.id ?? "none";
}

test("a stale dashboard is due, one click restarts the right task, and its page is fresh", async ({
  api,
  stack,
}) => {
  await expect.poll(async () => (await dashboardView(api)).observation?.state?.running).toBe(1);
  await rebuildMart(stack);
  await expect.poll(async () => (await dashboardView(api)).due.state).toBe("due");
  const { due, observation } = await dashboardView(api);
  expect(due).toMatchObject({ newer: [{ name: "gold.standings" }] });
  const old = observation?.state?.tasks[0]?.arn ?? "none";
  const before = await dataAsOf(stack);
  expect(await dataAsOf(stack)).toBe(before);

  const run = await api.runOnce(await order(api, "restart"), hasEnded);
  expect(run).toMatchObject({ state: "succeeded", receipt: { kind: "dashboard-restart", recovered: true } });
  if (run.receipt?.kind !== "dashboard-restart") throw new Error("the run has another kind's receipt");
  expect(await stoppedTasks(stack)).toEqual([old]);
  const after = await dataAsOf(stack);
  expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
  expect(run.receipt.served).toMatchObject({ before: { at: before }, after: { at: after } });
  // A new task cannot run sooner: ECS waits, and each of its states takes its time.
  expect(run.receipt.unserved?.seconds).toBeGreaterThan(0.5);
  await expect.poll(async () => (await dashboardView(api)).due.state).toBe("current");

  const history = restartHistorySchema.parse(await (await api.send("/api/dashboard/restarts")).json());
  expect(history.restarts[0]).toMatchObject({
    runId: run.id,
    recovered: true,
    unservedSeconds: run.receipt.unserved?.seconds,
  });
});

test("a restart without the service's name is refused, and nothing is stored", async ({ api, stack }) => {
  const answer = await api.post("/api/runs", { kind: "dashboard-restart", params: [{ mode: "restart" }] });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { fields: [{ path: "confirm" }] } });
  expect(await stoppedTasks(stack)).toEqual([]);
});

test("a service that is switched off is left alone, and the run says so", async ({ api, stack }) => {
  await faultEcs(stack, { desired: 0 });
  const run = await api.runOnce(await order(api, "restart"), hasEnded);
  expect(run).toMatchObject({ state: "refused", outcome: expect.stringContaining("desired count is 0") });
  expect(await stoppedTasks(stack)).toEqual([]);
  await expect
    .poll(async () => (await dashboardView(api)).observation?.state?.refusal?.code)
    .toBe("desired-zero");
});

test("a refresh brings newer data without stopping anything", async ({ api, stack }) => {
  await expect.poll(async () => (await dashboardView(api)).observation?.state?.running).toBe(1);
  const before = await dataAsOf(stack);
  const run = await api.runOnce(await order(api, "refresh"), hasEnded);
  expect(run).toMatchObject({ state: "succeeded" });
  expect(Date.parse(await dataAsOf(stack))).toBeGreaterThan(Date.parse(before));
  expect(await stoppedTasks(stack)).toEqual([]);
});

test("expired AWS credentials are said in words, and the last known service stays", async ({
  api,
  stack,
}) => {
  await expect.poll(async () => (await dashboardView(api)).observation?.state?.running).toBe(1);
  await faultEcs(stack, { expired: true });
  await expect.poll(async () => (await dashboardView(api)).observation?.problem).toContain("have expired");
  const { observation } = await dashboardView(api);
  expect(observation?.state?.running).toBe(1);
  expect(observation?.problem).not.toMatch(/\bat \S+:\d+/);
});
