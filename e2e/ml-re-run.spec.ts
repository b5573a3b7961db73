import type { Locator, Page } from "@playwright/test";
import { longLabel, shortLabel } from "@/lib/game-date";
import { panelOf, runIdOf } from "./stack/freshness";
import { layMlToday, type MlToday } from "./stack/ml-today";
import { openPredictions, rowsOf } from "./stack/predictions";
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
