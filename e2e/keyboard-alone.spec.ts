import type { Page } from "@playwright/test";
import { daysBetween, longLabel, weekdayOf } from "@/lib/game-date";
import { cellOf, openDate, runIdOf } from "./stack/freshness";
import { expectRunState } from "./stack/run-page";
import { expect, test } from "./stack/test";

test("from the page's load to a finished backfill without a mouse", async ({ page, redDate }) => {
  await page.goto("/");
  await expect(page.getByRole("grid")).toBeVisible();
  await tabTo(page, '[role="gridcell"]');
  await walkTo(page, redDate);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: longLabel(redDate) })).toBeFocused();
  await page.keyboard.press("Tab");
  const backfill = page
    .getByRole("region", { name: longLabel(redDate) })
    .getByRole("button", { name: "Backfill…" });
  await expect(backfill).toBeFocused();

  await page.keyboard.press("Enter");
  const confirm = page.getByRole("dialog").getByRole("button", { name: "Backfill", exact: true });
  await expect(confirm).toBeFocused();
  await expect(confirm).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Enter");
  await runIdOf(page);
  await expectRunState(page, "succeeded");
});

test("Escape leaves the dialog and returns to where it was opened: the button, or the cell", async ({
  page,
  redDate,
}) => {
  const panel = await openDate(page, redDate);
  const dialog = page.getByRole("dialog", { name: `Backfill ${longLabel(redDate)}` });
  for (const [opener, key] of [
    [panel.getByRole("button", { name: "Backfill…" }), "Enter"],
    [cellOf(page, redDate), "b"],
  ] as const) {
    await opener.focus();
    await page.keyboard.press(key);
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
  }
});

test("the calendar is a grid: one stop, a row for each weekday, every day in full words", async ({
  page,
  api,
}) => {
  const { season, dates } = await api.season();
  await page.goto("/");
  const grid = page.getByRole("grid", { name: `Season ${season?.label} by game date` });
  await expect(grid).toHaveAttribute("aria-multiselectable", "true");
  await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
  await expect(grid.getByRole("row")).toHaveCount(8);
  await expect(grid.getByRole("rowheader")).toHaveText(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
  const labels = await grid
    .locator("[data-date]")
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute("aria-label") ?? ""));
  expect(labels).toHaveLength(dates.length);
  const words =
    /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \d{1,2}, \d{4}: (whole|partial|missing|stale|pending|upcoming|off), (no games|\d+ (games? expected|unplayed|withdrawn|waived|unscheduled))/;
  expect(labels.filter((label) => !words.test(label))).toEqual([]);
});

/** Presses Tab until what is focused fits. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const focused = page.locator(`${selector}:focus`);
  for (let stops = 0; stops < 30 && (await focused.count()) === 0; stops += 1)
    await page.keyboard.press("Tab");
  await expect(focused).toHaveCount(1);
}

/** Moves with the arrows: weeks are columns, weekdays rows. */
async function walkTo(page: Page, date: string): Promise<void> {
  const from = (await page.locator('[role="gridcell"]:focus').getAttribute("data-date")) ?? "";
  const down = weekdayOf(date) - weekdayOf(from);
  const across = (daysBetween(from, date) - down) / 7;
  for (let step = 0; step < Math.abs(down); step += 1)
    await page.keyboard.press(down > 0 ? "ArrowDown" : "ArrowUp");
  for (let step = 0; step < Math.abs(across); step += 1)
    await page.keyboard.press(across > 0 ? "ArrowRight" : "ArrowLeft");
  await expect(cellOf(page, date)).toBeFocused();
}
