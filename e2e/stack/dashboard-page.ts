import { expect, type Locator, type Page } from "@playwright/test";
import { dashboardViewSchema } from "@/lib/contracts/dashboard";
import { createRunsResponseSchema } from "@/lib/contracts/runs";
import { REFRESH_TOKEN, SANDBOX_TARGET } from "@/sandbox/testing/sandbox-dashboard-names";
import type { ConsoleApi } from "./console-api";
import { runIdOf } from "./freshness";
import type { Stack } from "./start-stack";

export const SERVICE = SANDBOX_TARGET.service;
/** A worker looks every 3 s while somebody watches. */
const SEEN_MS = 20_000;

/** Makes the sandbox's ECS misbehave in exactly this way, until told otherwise. */
export async function faultEcs(stack: Stack, faults: object): Promise<void> {
  const answer = await fetch(`${stack.ecsUrl}/control`, { method: "PUT", body: JSON.stringify(faults) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Takes every fault away, forgets the calls, and waits until a worker has seen a service in order, up to date. */
export async function mendEcs(stack: Stack, api: ConsoleApi): Promise<void> {
  await fetch(`${stack.ecsUrl}/control`, { method: "DELETE" });
  const mendedAt = Date.now();
  await expect(async () => {
    const { observation, activeRunId } = await dashboardView(api);
    expect(Date.parse(observation?.stateAt ?? "")).toBeGreaterThan(mendedAt);
    expect(observation).toMatchObject({ problem: null, state: { running: 1, refusal: null } });
    expect(activeRunId).toBeNull();
  }).toPass({ timeout: SEEN_MS });
  // Other tests may have built marts meanwhile.
  await fetch(`${stack.dashboardUrl}/internal/refresh-data`, {
    method: "POST",
    headers: { "x-refresh-token": REFRESH_TOKEN, connection: "close" },
  });
  await expect.poll(async () => (await dashboardView(api)).due.state, { timeout: SEEN_MS }).toBe("current");
}

/** The tasks that StopTask was called for, by their ARNs. */
export async function stoppedTasks(stack: Stack): Promise<string[]> {
  const { stops } = await (await fetch(`${stack.ecsUrl}/control`)).json();
  return stops.map(({ task }: { task: string }) => task);
}

/** The dashboard as its readers see it: of when its data are. */
export async function dataAsOf(stack: Stack): Promise<string> {
  const page = await (await fetch(stack.dashboardUrl, { headers: { connection: "close" } })).text();
  return /datetime="([^"]+)"/.exec(page)?.[1] ?? "no page";
}

/** What a build of dbt does to a mart, as far as the dashboard can tell. */
export async function rebuildMart(stack: Stack): Promise<void> {
  await stack.warehouse.query("update gold.standings set __created_at = clock_timestamp()");
}

export async function dashboardView(api: ConsoleApi) {
  return dashboardViewSchema.parse(await (await api.send("/api/dashboard")).json());
}

/** Orders a restart past the dialog, as another operator's click would. Gives the run's id. */
export async function orderRestart(api: ConsoleApi, reason: string): Promise<string> {
  const order = { kind: "dashboard-restart", params: [{ mode: "restart" }], confirm: SERVICE, reason };
  const answer = await api.post("/api/runs", order);
  return createRunsResponseSchema.parse(await answer.json()).runs[0]?.id ?? "none";
}

/** The headline of the dashboard's page once it is as asked: the page itself has to find out. */
export async function expectVerdict(page: Page, headline: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 2, name: headline, exact: true })).toBeVisible({
    timeout: SEEN_MS,
  });
}

/** Opens the dialog of a restart, with its preview there. */
export async function openRestartDialog(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Restart the dashboard…" }).click();
  const dialog = page.getByRole("dialog", { name: "Restart the dashboard" });
  await expect(dialog.getByText("ecs-service restart")).toBeVisible();
  return dialog;
}

/** Types the service's name, confirms, and arrives on the run's page. Gives the run's id. */
export async function confirmRestart(page: Page, dialog: Locator): Promise<string> {
  await dialog.getByLabel(`Type ${SERVICE} to restart it`).fill(SERVICE);
  await dialog.getByRole("button", { name: "Restart the dashboard", exact: true }).click();
  return runIdOf(page);
}

/** A figure of a restart's receipt. */
export function restartFigure(page: Page, label: "Downtime" | "New task" | "Data as of" | "Page"): Locator {
  const strip = page.getByLabel("Receipt", { exact: true });
  return strip.getByText(label, { exact: true }).locator("..").getByRole("definition");
}
