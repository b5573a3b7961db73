import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { longLabel, shortLabel } from "@/lib/game-date";
import { panelOf, runIdOf } from "./stack/freshness";
import { layMlToday, type MlToday } from "./stack/ml-today";
import { expectOutcome, expectRunState, figureOf } from "./stack/run-page";
import { test as base, expect } from "./stack/test";

const test = base.extend<{ today: MlToday }>({
  today: async ({ stack }, use) => {
    const today = await layMlToday(stack.warehouse);
    await use(today);
    await today.undo();
  },
});

test("today's gap, the ML program once more, and the table shows it without a reload", async ({
  page,
  today,
}) => {
  const { date, games, lacking } = today;
  await openPredictions(page, `?date=${date}`);
  await expect(rowsOf(page)).toHaveCount(games.length - 2);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));

  const dialog = await openMlDialog(page, date);
  await expect(dialog).toContainText(
    `It predicts ${games.length} games of ${shortLabel(date)}: 2 for the first time, ${games.length - 2} again.`,
  );
  await expect(dialog).toContainText(
    `${games.length} games of ${longLabel(date)}: today for the ML program too`,
  );
  await dialog.getByLabel("Reason").fill("dbt was late");
  await dialog.getByRole("button", { name: `Predict ${games.length} games` }).click();
  await expect(dialog).toBeHidden();

  await expect(rowsOf(page)).toHaveCount(games.length);
  for (const { away, home } of lacking)
    await expect(rowOf(page, away.acronym, home.acronym)).toContainText(/\d+\.\d%/);
  await expect(lastRunOf(page)).toContainText(
    `predictions ${games.length - 2} → ${games.length} of ${games.length}`,
  );
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);

  await page.getByRole("link", { name: "See the run" }).click();
  await runIdOf(page);
  await expectRunState(page, "succeeded");
  await expect(figureOf(page, "Receipt")).toContainText("+2 games");
  await expect(figureOf(page, "Still missing")).toContainText("nothing");
  const receipt = page.getByRole("region", { name: "Receipt by game" });
  await expect(receipt.getByText("✓ new")).toHaveCount(2);
  await expect(page.getByText("“dbt was late”")).toBeVisible();
});

test("a date's panel has its predictions, each a link to its row", async ({ page, today }) => {
  const [lacking] = today.lacking;
  const predicted = today.games.find((game) => !namesOf(today).includes(game)) ?? "";
  await page.goto(`/?date=${today.date}`);
  const panel = panelOf(page, today.date);
  const row = panel.getByRole("row", { name: predicted });
  const link = row.getByRole("link", { name: /\d+\.\d%/ });
  await expect(
    panel.getByRole("row", { name: `${lacking?.away.acronym} @ ${lacking?.home.acronym}` }),
  ).toContainText(/pending|fillable|lost/);
  const chance = (await link.textContent())?.split(" ").at(-1) ?? "";
  await link.click();
  await expect(page).toHaveURL(/\/predictions\?team=[A-Z]{3}&date=/);
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(rowsOf(page)).toContainText(chance);
});

const FLAG = "gold.feature_flags where flag = 'season'";
const TRAPS: [name: string, sql: string, inTheWay: RegExp, outcome: RegExp, step: RegExp][] = [
  [
    "the flag season is off",
    "update gold.feature_flags set is_enabled = 0 where flag = 'season'",
    /The flag season is off/,
    /The flag season is off/,
    /Switch the flag season on/,
  ],
  [
    "the flag season is missing",
    `delete from ${FLAG}`,
    /The flag season does not exist/,
    /The flag season does not exist/,
    /Add the flag season/,
  ],
  [
    "the feature table is empty",
    "truncate silver.ml_game_features",
    /The feature table is empty/,
    /The feature table is empty/,
    /build ml_game_features with dbt/i,
  ],
  [
    "the feature table holds another date",
    "update silver.ml_game_features set game_date = game_date - 1",
    /the ML program predicts those of/,
    /the ML program predicts those of/,
    /build ml_game_features with dbt/i,
  ],
];

test.describe("what the ML program exits 0 over is foreseen, and no effect with its reason", () => {
  for (const [name, sql, inTheWay, outcome, step] of TRAPS) {
    test(name, async ({ page, stack, today }) => {
      await stack.warehouse.query(sql);
      await openPredictions(page, `?date=${today.date}`);
      const dialog = await openMlDialog(page, today.date);
      await expect(dialog).toContainText(`It would predict no game of ${shortLabel(today.date)} now.`);
      const obstacles = dialog.getByRole("list", { name: "What stands in the way" });
      await expect(obstacles).toContainText(inTheWay);
      await expect(obstacles).toContainText(step);
      await dialog.getByRole("button", { name: "Run it all the same" }).click();

      await expect(lastRunOf(page)).toContainText("no effect");
      await expect(lastRunOf(page)).toContainText(outcome);
      await expect(rowsOf(page)).toHaveCount(today.games.length - 2);
      await page.getByRole("link", { name: "See the run" }).click();
      await expectRunState(page, "no_effect");
      await expectOutcome(page, outcome);
      await expect(figureOf(page, "Exit")).toContainText("0");
      const next = page.getByRole("region", { name: "What stood in the way" });
      await expect(next).toContainText(step);
      await expect(page.getByRole("region", { name: "Receipt by game" })).toContainText("What the log says");
    });
  }
});

test("a game twice in the feature table fails, and the dialog leads to the build that mends it", async ({
  page,
  stack,
  today,
}) => {
  await stack.warehouse.query(
    "insert into silver.ml_game_features select * from silver.ml_game_features limit 1",
  );
  await openPredictions(page, `?date=${today.date}`);
  const dialog = await openMlDialog(page, today.date);
  const obstacles = dialog.getByRole("list", { name: "What stands in the way" });
  await expect(obstacles).toContainText("more than once");
  await expect(obstacles.getByRole("link", { name: "Build ml_game_features…" })).toHaveAttribute(
    "href",
    "/dbt?select=ml_game_features",
  );
  await dialog.getByRole("button", { name: "Run it all the same" }).click();
  await expect(lastRunOf(page)).toContainText("failed");
  await page.getByRole("link", { name: "See the run" }).click();
  await expectRunState(page, "failed");
  await expect(figureOf(page, "Exit")).toContainText("1");
});

test("filters, order and columns are kept, and the file holds what is shown", async ({ page }) => {
  await openPredictions(page);
  await expect(rowsOf(page)).toHaveCount(100);
  await page.getByRole("searchbox", { name: "Team" }).fill("lal");
  await expect(page).toHaveURL(/team=lal/);
  await expect(rowsOf(page).filter({ hasText: "LAL" })).toHaveCount(await rowsOf(page).count());
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

test("the dialog by the keyboard alone: opened, left, and the focus is back", async ({ page, today }) => {
  await openPredictions(page, `?date=${today.date}`);
  const opener = page.getByRole("button", { name: "Run the ML program again…" });
  const dialog = page.getByRole("dialog", { name: `Run the ML program for ${longLabel(today.date)}` });
  await opener.focus();
  await page.keyboard.press("Enter");
  const confirm = dialog.getByRole("button", { name: `Predict ${today.games.length} games` });
  await expect(confirm).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(confirm).toBeFocused();
  await expect(confirm).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Enter");
  await expect(rowsOf(page)).toHaveCount(today.games.length);
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

async function openPredictions(page: Page, query = ""): Promise<void> {
  await page.goto(`/predictions${query}`);
  await expect(rowsOf(page).first()).toBeVisible();
}

/** The rows of the table, its head apart. */
function rowsOf(page: Page): Locator {
  return page.getByRole("table", { name: "Predictions" }).locator("tbody").getByRole("row");
}

function rowOf(page: Page, away: string, home: string): Locator {
  return rowsOf(page).filter({ has: page.getByRole("rowheader", { name: `${away} @ ${home}` }) });
}

async function openMlDialog(page: Page, date: string): Promise<Locator> {
  await page.getByRole("button", { name: "Run the ML program again…" }).click();
  const dialog = page.getByRole("dialog", { name: `Run the ML program for ${longLabel(date)}` });
  await expect(dialog.getByText("-m src.app")).toBeVisible();
  return dialog;
}

/** How the run that was ordered on the page stands. */
function lastRunOf(page: Page): Locator {
  return page.getByRole("region", { name: "Tonight predicted" }).getByRole("status");
}

function namesOf({ lacking }: MlToday): string[] {
  return lacking.map(({ away, home }) => `${away.acronym} @ ${home.acronym}`);
}

function isDescending(numbers: number[]): boolean {
  return (
    numbers.length > 1 && numbers.every((number, index) => index === 0 || number <= (numbers[index - 1] ?? 0))
  );
}
