import type { Locator, Page } from "@playwright/test";
import { longLabel, shortLabel } from "@/lib/game-date";
import { hasEnded } from "./stack/console-api";
import {
  BUILT_MS,
  chipsOf,
  commandOf,
  confirmBuild,
  listedNodes,
  nodeRow,
  openBuildDialog,
  openDbt,
  projectOf,
} from "./stack/dbt-page";
import { expectDateState } from "./stack/freshness";
import { expectOutcome, expectRunState, figureOf, logOf } from "./stack/run-page";
import { expect, holeOf, test } from "./stack/test";

// Some tests build twice, and each build of dbt takes some seconds to start.
test.setTimeout(3 * BUILT_MS);

test("a stale date: refreshed from the calendar, its progress, and whole in a tab that was open before", async ({
  page,
  context,
  stack,
  api,
}) => {
  const { date } = holeOf(stack, "silver-absent");
  await projectOf(api);
  const watcher = await context.newPage();
  await watcher.goto("/");
  await expectDateState(watcher, date, "stale");
  await showAllDates(watcher);
  const loadedAt = await watcher.evaluate(() => performance.timeOrigin);

  await page.goto("/");
  await expectDateState(page, date, "stale");
  const list = page.getByRole("region", { name: "Needs attention" });
  await showAllDates(page);
  await list.getByRole("button", { name: `Refresh silver for ${shortLabel(date)}…` }).click();
  const dialog = page.getByRole("dialog", { name: `Refresh silver: ${longLabel(date)}` });
  await expect(dialog).toContainText("It takes a full refresh");
  await expect(dialog).toContainText("--select fact_boxscores+ fact_pbp_data+ --full-refresh --target prod");
  const planned = await dialog
    .getByRole("list", { name: "What runs, in order" })
    .locator("[title]")
    .allTextContents();
  // A reader of one mart: its build waits, so that the test sees the middle of it.
  await stack.warehouse.query("begin; lock table gold.standings in access share mode");
  let id = "";
  try {
    id = await confirmBuild(page, dialog);
    const ways = watcher.getByRole("link", { name: /^A dbt build is (queued|running): open it$/ });
    await expect(ways.first()).toHaveAttribute("href", `/runs/${id}`);
    await expect(page.getByText(/^Now: .*\bstandings \d+ s/)).toBeVisible({ timeout: BUILT_MS });
    const progress = page.getByRole("progressbar", { name: "Models and tests done" });
    await expect(progress).toHaveAttribute("aria-valuetext", new RegExp(`^[1-9]\\d* of ${planned.length}$`));
    await expect(nodeRow(page, "standings")).toContainText("running");
    await expect(nodeRow(page, "fact_boxscores")).toContainText("built");
  } finally {
    await stack.warehouse.query("rollback");
  }
  await expectRunState(page, "succeeded", BUILT_MS);
  await expectOutcome(page, /dates? mended/);
  const dates = page.getByRole("region", { name: "Dates behind in silver" });
  await expect(dates.getByRole("listitem").filter({ hasText: shortLabel(date) })).toContainText("✓ mended");
  await expect(figureOf(page, "Silver")).toContainText("mended none is behind");
  const gold = page.getByRole("region", { name: "Gold tables" });
  await expect(gold.getByRole("row").filter({ hasText: "standings" })).toContainText("✓ now");
  // The preview is the run.
  const ran = await api.send(`/api/runs/${id}/nodes`).then((answer) => answer.json());
  expect(ran.map(({ name }: { name: string }) => name).toSorted()).toEqual(planned.toSorted());

  await expectDateState(watcher, date, "whole");
  expect(await watcher.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
});

test("a failing test is red with its SQL; once the data are mended it goes on from there and is green", async ({
  page,
  stack,
  api,
  pool,
}) => {
  // What the models need, whichever tests ran before this one.
  await projectOf(api);
  await api.runOnce((await api.orderBuild(["+int_team_games"], true)).id, hasEnded, BUILT_MS);
  // Bronze is written again for a date that silver holds: the usual build appends its box scores once more.
  const [backfill] = await api.order([pool.take()]);
  await api.runOnce(backfill?.id ?? "", hasEnded);

  await openDbt(page, "?select=fact_boxscores,int_player_games");
  expect(await listedNodes(page)).toContain("boxscores_are_unique");
  const dialog = await openBuildDialog(page);
  await expect(dialog.getByRole("listitem").filter({ hasText: "Without a full refresh" })).toBeVisible();
  await confirmBuild(page, dialog);
  await expectRunState(page, "failed", BUILT_MS);
  await expect(figureOf(page, "Tests")).toContainText("1 failed");
  await expect(nodeRow(page, "boxscores_are_unique")).toContainText("failed");
  await expect(nodeRow(page, "int_player_games")).toContainText("skipped");
  const rows = page.getByRole("region", { name: "Models and tests", exact: true }).getByRole("row");
  await expect(rows.nth(1)).toContainText("boxscores_are_unique");

  await page.getByRole("button", { name: "Failed 1" }).click();
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "Compiled SQL of boxscores_are_unique" }).click();
  const sql = page.getByRole("dialog", { name: "boxscores_are_unique" });
  await expect(sql).toContainText("having count(*) > 1");
  await expect(sql).toContainText(/Got \d+ results?, configured to fail/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Compiled SQL of boxscores_are_unique" })).toBeFocused();

  await stack.warehouse.query(
    `delete from silver.fact_boxscores where ctid in (
       select min(ctid) from silver.fact_boxscores group by player, game_date having count(*) > 1)`,
  );
  await page.getByRole("button", { name: "Run again from the failure…" }).click();
  const again = page.getByRole("dialog", { name: "Run again from the failure" });
  await expect(again).toContainText("--select boxscores_are_unique int_player_games --target prod");
  await confirmBuild(page, again);
  await expectRunState(page, "succeeded", BUILT_MS);
  await expect(figureOf(page, "Models")).toContainText("1 of 1 built");
  await expect(figureOf(page, "Tests")).toContainText(/^(\d+) of \1 passed$/);
  await expect(figureOf(page, "Exit")).toContainText("0");
  await expect(page.getByRole("button", { name: "Run again from the failure…" })).toBeHidden();
});

test("a full refresh of everything wants the project's name and a reason, both of which are kept", async ({
  page,
  api,
}) => {
  const name = await projectOf(api);
  await openDbt(page);
  await expect(page.getByText("Everything.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Everything, rebuilt" }).click();
  await expect(page).toHaveURL(/\?full=1$/);
  await expect(commandOf(page)).toContainText("build --full-refresh --target prod");
  const dialog = await openBuildDialog(page);
  const confirm = dialog.getByRole("button", { name: "Rebuild everything" });
  const typed = dialog.getByRole("textbox", { name: `Type ${name} to rebuild everything` });
  await expect(typed).toBeFocused();
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await typed.fill("another");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("the facts' columns changed");
  await typed.press("Enter");
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await typed.fill(name);
  await expect(confirm).toHaveAttribute("aria-disabled", "false");
  const id = await confirmBuild(page, dialog);
  await expectRunState(page, "succeeded", BUILT_MS);
  await expect(page.getByRole("region", { name: "What ran" })).toContainText("the facts' columns changed");
  await expect(logOf(page)).toContainText("Finished running");
  const run = await api.run(id);
  expect(run.params).toMatchObject({ select: [], fullRefresh: true });
  expect(run.argv.slice(-4)).toEqual(["build", "--full-refresh", "--target", "prod"]);

  await page.goto("/dbt");
  const builds = page.getByRole("region", { name: "Last builds" });
  await expect(builds.getByRole("link", { name: "dbt full refresh of everything" })).toBeVisible();
  await page.goto("/runs?kind=dbt");
  const ofBuild = page.getByRole("link", { name: "dbt full refresh of everything" });
  await expect(ofBuild).toBeVisible();
  await page.getByRole("combobox", { name: "Kind" }).selectOption("backfill");
  await expect(page).toHaveURL(/\?kind=backfill$/);
  await expect(ofBuild).toBeHidden();
});

test("from the page's load to a finished build without a mouse", async ({ page }) => {
  await openDbt(page);
  await page.keyboard.press("/");
  await page.keyboard.type("team_col+");
  await expect(page.getByText("Enter adds team_colors+")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(chipsOf(page)).toHaveText(["team_colors+"]);

  // In the list: down to a name, right to what lies after it.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(chipsOf(page)).toHaveText(["team_colors+", /^\w+\+$/]);

  // On a chip: its reach, then the way between chips, then one of them away.
  await chipsOf(page).first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Before it" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await expect(chipsOf(page).first()).toHaveText("1+team_colors+");
  await expect(chipsOf(page).first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Delete");
  await expect(chipsOf(page)).toHaveText(["1+team_colors+"]);
  await expect(chipsOf(page).first()).toBeFocused();

  const button = page.getByRole("button", { name: /^Build \d+ models, \d+ tests…$/ });
  for (let stops = 0; stops < 12 && !(await isFocused(button)); stops += 1) await page.keyboard.press("Tab");
  await expect(button).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Enter");
  const confirm = page.getByRole("dialog").getByRole("button", { name: "Build", exact: true });
  await expect(confirm).toBeFocused();
  await expect(confirm).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/runs\//);
  await expectRunState(page, "succeeded", BUILT_MS);
});

test("a selection is saved under a name, chosen again, and deleted", async ({ page }) => {
  await openDbt(page, "?select=%2Bstandings&full=1");
  await page.getByRole("button", { name: "Save this…" }).click();
  const save = page.getByRole("dialog", { name: "Save this selection" });
  await save.getByRole("textbox", { name: "Name" }).fill("Standings anew");
  await save.getByRole("button", { name: "Save", exact: true }).click();
  const preset = page.getByRole("button", { name: "Standings anew", exact: true });
  await expect(preset).toHaveAttribute("aria-pressed", "true");

  await openDbt(page);
  await expect(preset).toHaveAttribute("aria-pressed", "false");
  await preset.click();
  await expect(chipsOf(page)).toHaveText(["+standings"]);
  await expect(page.getByRole("switch", { name: "Full refresh" })).toBeChecked();
  await expect(commandOf(page)).toContainText("--select +standings --full-refresh --target prod");

  await page.getByRole("button", { name: "Delete the preset Standings anew…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await expect(preset).toBeHidden();
});

test.describe("bad links", () => {
  test.use({ expectedErrors: [/status of 400/] });

  for (const [search, chips, why] of [
    ["?select=--vars,standings%2B", ["--vars", "standings+"], "is not a selection"],
    ["?select=fact_boxscore%2B", ["fact_boxscore+"], "Did you mean fact_boxscores?"],
    ["?select=bbref_player_pbp%2B", ["bbref_player_pbp+"], "is a source"],
    ["?select=standings%2B%20--target%20dev&full=1", ["standings+", "--target", "dev"], "is not a selection"],
  ] as const) {
    test(`${search} says what is wrong and can order nothing`, async ({ page, api }) => {
      const before = (await api.runs()).runs.length;
      await page.goto(`/dbt${search}`);
      await expect(chipsOf(page)).toHaveText([...chips]);
      const plan = page.getByRole("region", { name: "What runs" });
      await expect(plan.getByRole("alert")).toContainText("This cannot be built as it stands");
      await expect(plan.getByRole("alert")).toContainText(why);
      const button = page.getByRole("button", { name: /^(Build|Rebuild)…$/ });
      await expect(button).toHaveAttribute("aria-disabled", "true");
      // It looks and is called disabled, but the focus can be on it.
      await button.click({ force: true });
      await expect(page.getByRole("dialog")).toHaveCount(0);
      expect((await api.runs()).runs).toHaveLength(before);
    });
  }

  test("a plus that was typed into the address is a plus, and only 1 is a full refresh", async ({ page }) => {
    await openDbt(page, "?select=fact_boxscores+,1+standings&full=yes");
    await expect(chipsOf(page)).toHaveText(["fact_boxscores+", "1+standings"]);
    await expect(page.getByRole("switch", { name: "Full refresh" })).not.toBeChecked();
    await expect(commandOf(page)).toContainText("--select fact_boxscores+ 1+standings --target prod");
  });
});

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}

/** Dates of tests before this one may stand above the wanted one. */
async function showAllDates(page: Page): Promise<void> {
  const more = page
    .getByRole("region", { name: "Needs attention" })
    .getByRole("button", { name: /^Show all/ });
  if (await more.isVisible()) await more.click();
}
