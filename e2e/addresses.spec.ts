import { addDays, longLabel } from "@/lib/game-date";
import { cellOf, panelOf } from "./stack/freshness";
import { expect, test } from "./stack/test";

test("a link to a date opens it, and closing it forgets it", async ({ page, pool }) => {
  const date = pool.take();
  await page.goto(`/?date=${date}`);
  await expect(panelOf(page, date).getByRole("table", { name: `Games of ${longLabel(date)}` })).toBeVisible();
  await expect(cellOf(page, date)).toHaveAttribute("data-open", "true");
  await expect(cellOf(page, date)).toHaveAttribute("tabindex", "0");
  await panelOf(page, date).getByRole("button", { name: "Close the date" }).click();
  await expect(page).not.toHaveURL(/date=/);
});

test("an address that asks for what is not there says so, and the calendar stands", async ({ page, api }) => {
  const season = (await api.season()).season;
  const outside = addDays(season?.firstDate ?? "", -400);
  for (const [query, reason] of [
    ["?date=2025-02-30", "“2025-02-30” is not a calendar date"],
    ["?date=<script>alert(1)</script>", "is not a calendar date"],
    [`?date=${outside}`, `${longLabel(outside)} is not in the calendar of season`],
    ["?season=soon", "“soon” is no season"],
  ] as const) {
    await page.goto(`/${query}`);
    await expect(page.getByRole("alert").filter({ hasText: reason })).toBeVisible();
    await expect(page.getByRole("grid")).toBeVisible();
  }
});

test.describe("a season that the schedule does not have", () => {
  test.use({ expectedErrors: [/the server responded with a status of 404/] });

  test("is named, with a way back", async ({ page }) => {
    await page.goto("/?season=1999");
    await expect(page.getByRole("main")).toContainText("no season that begins in 1999");
    await page.getByRole("button", { name: "Show the current season" }).click();
    await expect(page.getByRole("grid")).toBeVisible();
  });
});

test("the list of runs keeps its filter in its address", async ({ page, redDate, api }) => {
  const [run] = await api.order([redDate]);
  await page.goto(`/runs?date=${redDate}`);
  await expect(page.getByRole("listitem").filter({ hasText: longLabel(redDate) })).toHaveCount(1);
  await page.getByRole("link", { name: run?.title }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${run?.id}`));
  await page.goto("/runs?state=happy&date=never&before=then");
  await expect(page.getByRole("button", { name: "All", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
});

test("a run that was left in another tab says in that tab's title how it ended", async ({
  page,
  redDate,
  api,
}) => {
  const [run] = await api.order([redDate]);
  await page.goto(`/runs/${run?.id}`);
  await expect(page).toHaveTitle(`${run?.title}: succeeded · Backcourt`);
  await page.reload();
  await expect(page).toHaveTitle(`${run?.title}: succeeded · Backcourt`);
  await page.getByRole("navigation").getByRole("link", { name: "Freshness" }).click();
  await expect(page).toHaveTitle("Freshness · Backcourt");
});
