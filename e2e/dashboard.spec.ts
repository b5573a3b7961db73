import type { Page } from "@playwright/test";
import { hasEnded } from "./stack/console-api";
import {
  confirmRestart,
  dashboardView,
  dataAsOf,
  expectVerdict,
  faultEcs,
  mendEcs,
  openRestartDialog,
  orderRestart,
  rebuildMart,
  restartFigure,
  SERVICE,
  stoppedTasks,
} from "./stack/dashboard-page";
import { expectOutcome, expectRunState, logOf } from "./stack/run-page";
import { expect, test } from "./stack/test";

test.beforeEach(({ stack, api }) => mendEcs(stack, api));
test.afterEach(({ stack }) => faultEcs(stack, {}));

test("the page turns stale by itself, a restart makes the dashboard fresh, and both say by how much", async ({
  page,
  context,
  stack,
  api,
}) => {
  await page.goto("/dashboard");
  const nav = page.getByRole("navigation", { name: "Pages" });
  await rebuildMart(stack);
  await expectVerdict(page, "A restart is due");
  await expect(
    page.getByText(/1 mart was rebuilt since its data were read; newest: standings/),
  ).toBeVisible();
  await expect(nav.getByRole("link", { name: "Dashboard due for a restart" })).toBeVisible();
  await page.getByText(/^1 of \d+ marts is newer$/).click();
  await expect(page.getByRole("list", { name: "Newer than what is served" })).toHaveText(/standings/);
  const onlooker = await context.newPage();
  await onlooker.goto("/dashboard");
  await expectVerdict(onlooker, "A restart is due");

  const old = (await dashboardView(api)).observation?.state?.tasks[0];
  const before = await dataAsOf(stack);
  const dialog = await openRestartDialog(page);
  await expect(dialog.getByText(`task ${old?.shortId}`)).toBeVisible();
  await expect(dialog.getByText(/without a page for 5 to 10 s/)).toBeVisible();
  const confirm = dialog.getByRole("button", { name: "Restart the dashboard", exact: true });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel(`Type ${SERVICE} to restart it`).fill(`${SERVICE}_old`);
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("Reason").fill("The standings were rebuilt by hand");
  await confirmRestart(page, dialog);

  await expectVerdict(onlooker, "The dashboard is being restarted");
  await expectRunState(page, "succeeded");
  await expect(restartFigure(page, "Downtime")).toHaveText(/^\d+\.\d s without a page, right to 0\.5 s$/);
  await expect(restartFigure(page, "New task")).toHaveText(
    new RegExp(`^\\w{6} in place of ${old?.shortId}$`),
  );
  await expect(restartFigure(page, "Data as of")).toHaveText(/ ET before: .* ET$/);
  await expect(restartFigure(page, "Page")).toHaveText(/^200 health page: 200$/);
  await expect(stepsOf(page)).toHaveText([/: done/, /: done/, /: done/, /: done/]);
  await expect(page.getByRole("region", { name: "The dashboard now" })).toContainText("No restart is due");
  expect(await stoppedTasks(stack)).toEqual([old?.arn]);
  expect(Date.parse(await dataAsOf(stack))).toBeGreaterThan(Date.parse(before));

  await expectVerdict(onlooker, "No restart is due");
  const row = onlooker
    .getByRole("region", { name: "Restarts" })
    .getByRole("row")
    .filter({ hasText: "The standings were rebuilt by hand" });
  await expect(row).toHaveText(/recovered.*\d+\.\d s$/);
  await expect(nav.getByRole("link", { name: "Dashboard", exact: true })).toBeVisible();
});

test("the home page says once that the dashboard is behind, and leads to it", async ({ page, stack }) => {
  await rebuildMart(stack);
  await page.goto("/");
  await page.getByRole("main").getByRole("link", { name: "dashboard behind, restart due" }).click();
  await expectVerdict(page, "A restart is due");
});

test("in the middle of a deployment the page and the dialog refuse, and so does the run", async ({
  page,
  stack,
  api,
}) => {
  await page.goto("/dashboard");
  await faultEcs(stack, { deployment: "in-progress" });
  const words = `A deployment of ${SERVICE} is in progress`;
  await expect(page.getByText("A restart would be refused now.")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("main")).toContainText(words);
  const dialog = await openRestartDialog(page);
  await expect(dialog.getByRole("alert")).toContainText(words);
  const field = dialog.getByLabel(`Type ${SERVICE} to restart it`);
  await field.fill(SERVICE);
  const confirm = dialog.getByRole("button", { name: "Restart the dashboard", exact: true });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await field.press("Enter");
  await expect(dialog).toBeVisible();
  await expect(page).toHaveURL(/\/dashboard$/);

  // Whoever clicked a moment before the deployment began.
  const id = await orderRestart(api, "a click that came too late");
  await api.runOnce(id, hasEnded);
  await page.goto(`/runs/${id}`);
  await expectRunState(page, "refused");
  await expectOutcome(page, new RegExp(words));
  await expect(stepsOf(page).first()).toContainText("ended here");
  expect(await stoppedTasks(stack)).toEqual([]);

  await page.goto("/dashboard");
  await faultEcs(stack, {});
  const again = await openRestartDialog(page);
  await expect(again.getByRole("alert")).toHaveCount(0, { timeout: 20_000 });
});

test("a replacement that does not come up ends as failed: not recovered, with what to do", async ({
  page,
  stack,
}) => {
  await page.goto("/dashboard");
  await faultEcs(stack, { replacementFails: true });
  const id = await confirmRestart(page, await openRestartDialog(page));
  await expect(page.getByText(/STOPPED, CannotPullContainerError/).first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/since the stop, nothing serves/)).toBeVisible();
  // In place of ten minutes: somebody gives up on it.
  await faultEcs(stack, { desired: 0 });
  await expectRunState(page, "failed");
  await expectOutcome(page, /^Not recovered: No new task will come/);
  await expect(restartFigure(page, "Downtime")).toHaveText(/still so at the end$/);
  await expect(restartFigure(page, "New task")).toHaveText(/^none came in place of/);
  await expect(page.getByRole("region", { name: "Service events" })).toContainText("has started 1 tasks");
  const now = page.getByRole("region", { name: "The dashboard now" });
  await expect(now).toContainText("No task serves the dashboard");
  await expect(now).toContainText("Read the service's last events");
  expect(await stoppedTasks(stack)).toHaveLength(1);

  await now.getByRole("link", { name: "See the service as it is" }).click();
  await expectVerdict(page, "No task serves the dashboard");
  await expect(page.getByText(/desired count is 0/)).toBeVisible();
  const row = page.getByRole("region", { name: "Restarts" }).getByRole("row").nth(1);
  await expect(row).toContainText("not recovered");
  await expect(row.getByRole("link")).toHaveAttribute("href", `/runs/${id}`);
});

test("cancelling ends the waiting and says what ECS does by itself", async ({ page, stack, api }) => {
  await faultEcs(stack, { noReplacement: true });
  const id = await orderRestart(api, "");
  await page.goto(`/runs/${id}`);
  await expect(stepsOf(page).nth(2)).toContainText("under way");
  await page.getByRole("button", { name: "Cancel…" }).click();
  await expect(page.getByRole("dialog")).toContainText("ECS starts another in its place by itself");
  await page.getByRole("button", { name: "Cancel the run" }).click();
  await expectRunState(page, "cancelled");
  await expect(
    page.getByRole("status").filter({ hasText: /was told to stop at .* ECS goes on by itself/ }),
  ).toBeVisible();
  await expect(stepsOf(page).nth(2)).toContainText("ended here");
});

test("a refresh stops nothing and is shown as one", async ({ page, stack }) => {
  await rebuildMart(stack);
  await page.goto("/dashboard");
  await expectVerdict(page, "A restart is due");
  await page.getByRole("button", { name: "Refresh the data…" }).click();
  const dialog = page.getByRole("dialog", { name: "Refresh the dashboard's data" });
  await expect(dialog.getByText("No downtime")).toBeVisible();
  await dialog.getByRole("button", { name: "Refresh the data", exact: true }).click();
  await expectRunState(page, "succeeded");
  await expect(restartFigure(page, "Downtime")).toHaveText("none the task went on serving");
  await expect(stepsOf(page)).toHaveText([/Check the service: done/, /Read the data again: done/, /: done/]);
  expect(await stoppedTasks(stack)).toEqual([]);
});

test("expired credentials are said in words, beside the service as it was last seen", async ({
  page,
  stack,
}) => {
  await page.goto("/dashboard");
  await expect(page.getByLabel("The service")).toContainText("desired 1, running 1");
  await faultEcs(stack, { expired: true });
  await expect(page.getByRole("main").getByRole("alert")).toContainText("credentials have expired", {
    timeout: 20_000,
  });
  await expect(page.getByLabel("The service")).toContainText("desired 1, running 1");
  await faultEcs(stack, { deny: ["ListTasks"] });
  await expect(page.getByRole("main").getByRole("alert")).toContainText("may not do ecs:ListTasks on arn:", {
    timeout: 20_000,
  });
});

test("from the page's load to a restarted dashboard without a mouse", async ({ page }) => {
  await page.goto("/dashboard");
  const opener = page.getByRole("button", { name: "Restart the dashboard…" });
  await expect(opener).toBeVisible();
  await tabTo(page, "Restart the dashboard…");
  await page.keyboard.press("Enter");
  const field = page.getByRole("dialog").getByLabel(`Type ${SERVICE} to restart it`);
  await expect(field).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(field).toBeFocused();
  await page.keyboard.type(SERVICE);
  await page.keyboard.press("Enter");
  await expectRunState(page, "succeeded");
  await expect(logOf(page)).toContainText("the service is restarted");
});

function stepsOf(page: Page) {
  return page.getByRole("list", { name: "Steps" }).getByRole("listitem");
}

/** Presses Tab until the button of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const focused = page.locator("button:focus", { hasText: name });
  for (let stops = 0; stops < 30 && (await focused.count()) === 0; stops += 1)
    await page.keyboard.press("Tab");
  await expect(focused).toHaveCount(1);
}
