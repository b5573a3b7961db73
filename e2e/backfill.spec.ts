import { expect, holeOf, openDate, test } from "./stack/test";

test("a late date: red, backfilled, its log streamed, and whole without a reload", async ({ page, stack, faults }) => {
  const { date } = holeOf(stack, "late");
  await faults({ slowMs: 150 });
  await openDate(page, date);
  const cell = page.getByRole("gridcell", { name: new RegExp(`${date.slice(-2).replace(/^0/, "")}.*missing`) }).first();
  await expect(cell).toBeVisible();

  await page.getByRole("region", { name: /games|panel|date/i }).first().waitFor();
  await page.getByRole("button", { name: /^Backfill/ }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: /^Backfill/ }).click();

  await expect(page).toHaveURL(/\/runs\//);
  const log = page.getByRole("log");
  await expect(log.getByText("Retrieving", { exact: false })).toBeVisible();
  await expect(page.getByText("running").first()).toBeVisible();
  await expect(page.getByText("succeeded").first()).toBeVisible({ timeout: 40_000 });
});
