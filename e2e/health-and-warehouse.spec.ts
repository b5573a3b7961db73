import type { Locator, Page } from "@playwright/test";
import { cellOf, expectDateState } from "./stack/freshness";
import { expect, test } from "./stack/test";

test("the health page names every part and says that all are up", async ({ page }) => {
  await page.goto("/health");
  await expect(page.getByRole("status").filter({ hasText: "All 5 parts are up." })).toBeVisible();
  const parts = page.getByRole("main").getByRole("listitem");
  await expect(parts).toHaveCount(5);
  for (const name of ["Web", "Worker", "Redis", "Console database", "Warehouse"])
    await expect(parts.filter({ has: page.getByText(name, { exact: true }) })).toContainText("up");
});

test("a locked table: the calendar keeps what it knew, says since when and why, and recovers", async ({
  page,
  stack,
  pool,
  emptyDates,
}) => {
  const date = pool.take();
  await page.goto("/");
  await expectDateState(page, date, "whole");
  await stack.warehouse.query("begin; lock table bronze.bbref_player_boxscores in access exclusive mode");
  try {
    await page.reload();
    // Above the calendar, and in the panel of the date beside it.
    await expect(lastKnown(page).first()).toHaveText(
      /Last known coverage, measured .+: being written by a backfill/,
    );
    await expect(cellOf(page, date)).toHaveAccessibleName(/: whole,/);
  } finally {
    await stack.warehouse.query("rollback");
  }
  await emptyDates(date);
  await page.reload();
  await expectDateState(page, date, "missing");
  await expect(lastKnown(page)).toHaveCount(0);
});

test("a date that nobody has asked for yet, behind a lock: an answer that says so, not a crash", async ({
  api,
  stack,
  pool,
}) => {
  const date = pool.take();
  await stack.warehouse.query("begin; lock table bronze.bbref_player_boxscores in access exclusive mode");
  try {
    const answer = await api.send(`/api/coverage/${date}`);
    expect((await answer.json()).error).toMatchObject({
      code: "warehouse-unavailable",
      message: expect.stringContaining("bronze.bbref_player_boxscores is being written"),
    });
    expect(answer.status).toBe(503);
  } finally {
    await stack.warehouse.query("rollback");
  }
});

/** What says that the numbers are not of now. */
function lastKnown(page: Page): Locator {
  return page.getByRole("status").filter({ hasText: "Last known coverage" });
}
