import { readFile } from "node:fs/promises";
import { openPredictions, rowsOf } from "./stack/predictions";
import { expect, test } from "./stack/test";

test("filters, order and columns are kept, and the file holds what is shown", async ({ page }) => {
  await openPredictions(page);
  await expect(rowsOf(page)).toHaveCount(100);
  await page.getByRole("searchbox", { name: "Team" }).fill("lal");
  await expect(page).toHaveURL(/team=lal/);
  await expect(rowsOf(page).filter({ hasNotText: "LAL" })).toHaveCount(0);
  await expect(rowsOf(page).first()).toBeVisible();
  await expect(page.getByText(/rows match/)).toBeVisible();

  await page.getByRole("button", { name: "Edge" }).click();
  await expect(page).toHaveURL(/sort=edge/);
  const edges = () =>
    page
      .locator('td[data-column="edge"]')
      .allTextContents()
      .then((texts) => texts.map((text) => Number(text.replace("−", "-").replace("+", ""))));
  await expect.poll(async () => isDescending(await edges())).toBe(true);
  await expect(page.getByRole("columnheader", { name: "Edge" })).toHaveAttribute("aria-sort", "descending");

  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Tip-off ET" }).uncheck();
  await page.getByRole("checkbox", { name: "Margin" }).check();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("columnheader", { name: "Tip-off ET" })).toBeHidden();
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Margin" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Tip-off ET" })).toBeHidden();
  await expect(page.getByRole("searchbox", { name: "Team" })).toHaveValue("lal");
  await expect.poll(async () => isDescending(await edges())).toBe(true);

  const shown = await edges();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  const [head = "", ...lines] = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  const columns = head.split(",");
  expect(columns).toContain("bookmaker_margin");
  expect(columns).not.toContain("tip_off_eastern");
  const written = lines.map((line) => Number(line.split(",")[columns.indexOf("home_edge")]));
  expect(written.map((edge) => Math.round(1000 * edge) / 10)).toEqual(shown);
});

test("a check leads to its rows, and the way back is the browser's", async ({ page, stack }) => {
  await stack.warehouse.query(
    `insert into gold.ml_game_predictions (home_team, away_team, game_date, home_team_predicted_win_pct,
       away_team_predicted_win_pct, created_at, modified_at)
     values ('Phoenix Suns', 'Los Angeles Lakers', '2001-01-01', 0.7, 0.7, '2001-01-01', '2001-01-01')`,
  );
  try {
    await openPredictions(page);
    const sanity = page.getByRole("region", { name: "Sanity" });
    await sanity.getByRole("link", { name: /Chances that do not add up to 1/ }).click();
    await expect(page).toHaveURL(/finding=not-summing/);
    await expect(rowsOf(page)).toHaveCount(1);
    await expect(rowsOf(page)).toContainText("sum is not 1");
    await page.goBack();
    await expect(page).not.toHaveURL(/finding/);
    await expect(rowsOf(page)).toHaveCount(100);
  } finally {
    await stack.warehouse.query("delete from gold.ml_game_predictions where game_date < '2002-01-01'");
  }
});

test("an address that asks for what cannot be says so, and the table stands", async ({ page }) => {
  for (const [query, reason] of [
    ["?date=2025-02-30", "“2025-02-30” is not a calendar date"],
    ["?sort=luck", "cannot be sorted by “luck”"],
    ["?page=0", "“0” is no page"],
    ["?finding=<script>", "no check called “<script>”"],
    ["?order=up&scores=1", "“up” is no order"],
  ] as const) {
    await page.goto(`/predictions${query}`);
    await expect(page.getByRole("alert").filter({ hasText: reason })).toBeVisible();
    await expect(rowsOf(page)).toHaveCount(100);
  }
  await page.goto("/predictions?page=999");
  await page.getByRole("button", { name: /Go to the last one/ }).click();
  await expect(page).not.toHaveURL(/page=999/);
  await expect(rowsOf(page).first()).toBeVisible();
});

test("a number says what it counts, to the keyboard too", async ({ page }) => {
  await openPredictions(page);
  const scores = page.getByRole("table", { name: "Scores of model and market" });
  await scores
    .getByRole("row", { name: /^30 days/ })
    .getByRole("button")
    .first()
    .focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  // The one before it may still be leaving.
  const told = page.getByRole("tooltip", { name: /^The model's favourite won \d+ of \d+ games/ });
  await expect(told).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(told).toBeHidden();
  await page.getByRole("button", { name: "Table", exact: true }).click();
  await expect(page.getByRole("region", { name: "Calibration as a table" }).getByRole("row")).toHaveCount(12);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("rows are cards, sorted by a choice", async ({ page }) => {
    await page.goto("/predictions");
    const cards = page.getByRole("list", { name: "Predictions" }).getByRole("listitem");
    await expect(cards).toHaveCount(100);
    await expect(page.getByRole("table", { name: "Predictions" })).toBeHidden();
    await page.getByRole("combobox", { name: "Sort" }).selectOption("Home win");
    await expect(page).toHaveURL(/sort=homeWin/);
    await expect(cards.first()).toContainText(/9\d\.\d%|8\d\.\d%/);
  });
});

function isDescending(numbers: number[]): boolean {
  return (
    numbers.length > 1 && numbers.every((number, index) => index === 0 || number <= (numbers[index - 1] ?? 0))
  );
}
