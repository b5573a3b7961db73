import type { Page } from "@playwright/test";
import { longLabel } from "@/lib/game-date";
import { cellOf, confirmBackfill, openBackfillDialog, openDate } from "./stack/freshness";
import { expectRunState, linesOf, logOf } from "./stack/run-page";
import { expect, test } from "./stack/test";

const isRunPage = (url: URL) => /^\/runs\/[0-9a-f-]{36}$/.test(url.pathname);

test("an order's page stands before the server has sent one, and its address is like any other", async ({
  page,
  redDate,
  api,
}) => {
  const run = `Backfill ${longLabel(redDate)}`;
  await openDate(page, redDate);
  const dialog = await openBackfillDialog(page, redDate);
  await page.route(isRunPage, () => new Promise(() => {}));
  const id = await confirmBackfill(page, dialog);
  await expect(page.getByRole("heading", { level: 1, name: run })).toBeVisible();
  await expectRunState(page, "succeeded");
  await expect(logOf(page)).toContainText("succeeded:");
  await expect(page).toHaveTitle(`${run}: succeeded · Backcourt`);
  const { log } = await api.run(id);
  expect((await linesOf(page)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: log.lines }, (_, index) => index + 1),
  );
  await page.unrouteAll({ behavior: "ignoreErrors" });

  await page.goBack();
  await expectCalendar(page, redDate);
  await page.goForward();
  await expectRun(page, run);
  await page.reload();
  await expectRun(page, run);
  await page.goBack();
  await expectCalendar(page, redDate);
  await page.reload();
  await expectCalendar(page, redDate);
  await page.goForward();
  await expectRun(page, run);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Freshness" }).click();
  await expectCalendar(page, redDate);
});

test("from a run's page the same date is ordered again: another run, another page", async ({
  page,
  redDate,
  api,
}) => {
  const [first] = await api.order([redDate]);
  await page.goto(`/runs/${first?.id}`);
  await expectRunState(page, "succeeded");
  await page.getByRole("button", { name: "Run again…" }).first().click();
  await page
    .getByRole("dialog", { name: `Backfill ${longLabel(redDate)}` })
    .getByRole("button", { name: "Backfill", exact: true })
    .click();
  await page.waitForURL((url) => isRunPage(url) && !url.pathname.endsWith(first?.id ?? ""));
  await expectRunState(page, "succeeded");
  await expect(page.getByRole("main")).toBeFocused();
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(first?.id ?? "none"));
  await expectRunState(page, "succeeded");
});

async function expectRun(page: Page, title: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page).toHaveTitle(`${title}: succeeded · Backcourt`);
  await expect(page.getByRole("grid")).toHaveCount(0);
}

async function expectCalendar(page: Page, date: string): Promise<void> {
  await expect(cellOf(page, date)).toBeVisible();
  await expect(page).toHaveTitle("Freshness · Backcourt");
  await expect(page.getByRole("heading", { level: 1, name: `Backfill ${longLabel(date)}` })).toHaveCount(0);
}
