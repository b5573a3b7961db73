import { dashboardViewSchema, restartHistorySchema } from "@/lib/contracts/dashboard";
import { createRunsResponseSchema } from "@/lib/contracts/runs";
import { SANDBOX_TARGET } from "@/sandbox/testing/sandbox-dashboard-names";
import { type ConsoleApi, hasEnded } from "./stack/console-api";
import type { Stack } from "./stack/start-stack";
import { expect, test } from "./stack/test";

test.afterEach(({ stack }) => fetch(`${stack.ecsUrl}/control`, { method: "DELETE" }).then(() => undefined));

/** Makes the sandbox's ECS misbehave until the test's end. */
async function fault(stack: Stack, faults: object): Promise<void> {
  const answer = await fetch(`${stack.ecsUrl}/control`, { method: "PUT", body: JSON.stringify(faults) });
  if (!answer.ok) throw new Error(await answer.text());
}

async function stoppedTasks(stack: Stack): Promise<string[]> {
  const { stops } = await (await fetch(`${stack.ecsUrl}/control`)).json();
  return stops.map(({ task }: { task: string }) => task);
}

/** The dashboard as its readers see it: of when its data are. */
async function dataAsOf(stack: Stack): Promise<string> {
  const page = await (await fetch(stack.dashboardUrl, { headers: { connection: "close" } })).text();
  return /datetime="([^"]+)"/.exec(page)?.[1] ?? "no page";
}

async function view(api: ConsoleApi) {
  return dashboardViewSchema.parse(await (await api.send("/api/dashboard")).json());
}

/** What a build of dbt does to a mart, as far as the dashboard can tell. */
async function rebuildMart(stack: Stack): Promise<void> {
  await stack.warehouse.query("update gold.standings set __created_at = clock_timestamp()");
}

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
  await expect.poll(async () => (await view(api)).observation?.state?.running).toBe(1);
  await rebuildMart(stack);
  await expect.poll(async () => (await view(api)).due.state).toBe("due");
  const { due, observation } = await view(api);
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
  await expect.poll(async () => (await view(api)).due.state).toBe("current");

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
  await fault(stack, { desired: 0 });
  const run = await api.runOnce(await order(api, "restart"), hasEnded);
  expect(run).toMatchObject({ state: "refused", outcome: expect.stringContaining("desired count is 0") });
  expect(await stoppedTasks(stack)).toEqual([]);
  await expect.poll(async () => (await view(api)).observation?.state?.refusal?.code).toBe("desired-zero");
});

test("a refresh brings newer data without stopping anything", async ({ api, stack }) => {
  await expect.poll(async () => (await view(api)).observation?.state?.running).toBe(1);
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
  await expect.poll(async () => (await view(api)).observation?.state?.running).toBe(1);
  await fault(stack, { expired: true });
  await expect.poll(async () => (await view(api)).observation?.problem).toContain("have expired");
  const { observation } = await view(api);
  expect(observation?.state?.running).toBe(1);
  expect(observation?.problem).not.toMatch(/\bat \S+:\d+/);
});
