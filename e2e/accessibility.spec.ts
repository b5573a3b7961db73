import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { JobKind } from "@/lib/contracts/runs";
import { type ConsoleApi, hasEnded } from "./stack/console-api";
import { confirmRestart, mendEcs, openRestartDialog } from "./stack/dashboard-page";
import { BUILT_MS, confirmBuild, openBuildDialog, openDbt, projectOf } from "./stack/dbt-page";
import { openBackfillDialog, openDate } from "./stack/freshness";
import { expect, test } from "./stack/test";

const WIDTHS = [
  { name: "laptop", size: { width: 1440, height: 900 } },
  { name: "phone", size: { width: 390, height: 844 } },
] as const;

for (const { name, size } of WIDTHS) {
  test.describe(name, () => {
    test.use({ viewport: size });

    test("the calendar", async ({ page }) => {
      await page.goto("/");
      await expect(page.getByRole("grid")).toBeVisible();
      await expectAccessible(page);
    });

    test("a date and its dialog", async ({ page, redDate }) => {
      if (size.width > 1000) await openDate(page, redDate);
      else await page.goto(`/?date=${redDate}`);
      await expect(page.getByRole("table")).toBeVisible();
      await expectAccessible(page);
      if (size.width > 1000) await openBackfillDialog(page, redDate);
      else await page.getByRole("dialog").getByRole("button", { name: "Backfill…" }).click();
      await expect(page.getByText(`--run_date ${redDate}`)).toBeVisible();
      await expectAccessible(page, DIALOG);
    });

    test("runs, and a run that came to nothing", async ({ page, redDate, api, faults }) => {
      await faults({ dates: { [redDate]: { late: true } } });
      const [run] = await api.order([redDate]);
      await api.runOnce(run?.id ?? "", hasEnded);
      await page.goto("/runs");
      await expect(page.getByRole("link", { name: run?.title })).toBeVisible();
      await expectAccessible(page);
      await page.goto(`/runs/${run?.id}`);
      await expect(page.getByText(/aren't available yet/).first()).toBeVisible();
      await expectAccessible(page);
    });

    test("predictions, with a number's sentence", async ({ page }) => {
      await page.goto("/predictions?team=LAL");
      await expect(
        page
          .locator("#rows")
          .getByText(/\d+\.\d%/)
          .first(),
      ).toBeVisible();
      await page
        .getByRole("button", { name: /^\d+\.\d%$/ })
        .first()
        .focus();
      await expectAccessible(page);
    });

    test("the ML program's dialog", async ({ page }) => {
      await page.goto("/predictions?team=LAL");
      await page.getByRole("button", { name: "Run the ML program again…" }).click();
      await expect(page.getByRole("dialog").getByText("-m src.app")).toBeVisible();
      await expectAccessible(page, DIALOG);
    });

    test("the dashboard, its dialog, and a restart", async ({ page, stack, api }) => {
      await mendEcs(stack, api);
      await page.goto("/dashboard");
      await expect(page.getByLabel("The service")).toContainText("desired 1, running 1");
      await page.locator("summary").click();
      await expectAccessible(page);
      const dialog = await openRestartDialog(page);
      await expectAccessible(page, DIALOG);
      await showEnded(page, api, "dashboard-restart", () => confirmRestart(page, dialog));
      await expect(page.getByRole("region", { name: "Service events" })).toBeVisible();
      await expectAccessible(page);
    });

    test("the dbt page as graph and as list, a chip's reach, and its dialog", async ({ page, api }) => {
      await projectOf(api);
      await openDbt(page, "?select=fact_boxscores%2B,fact_pbp_data%2B&full=1");
      const views = page.getByRole("group", { name: "Shown as" });
      await views.getByRole("button", { name: "Graph" }).click();
      await expect(page.getByRole("group", { name: /^Lineage\./ })).toBeVisible();
      await expectAccessible(page);
      await views.getByRole("button", { name: "List" }).click();
      await page.getByRole("searchbox", { name: "Find a model" }).fill("fact");
      await page
        .getByRole("button", { name: "fact_boxscores+: fact_boxscores, everything after it" })
        .click();
      await expect(page.getByRole("combobox", { name: "After it" })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await openBuildDialog(page);
      await expectAccessible(page, DIALOG);
    });

    test("a build with its models and tests, and the SQL of one that failed", async ({ page, api }) => {
      test.setTimeout(2 * BUILT_MS);
      await projectOf(api);
      await openDbt(page, "?select=past_games_coverage");
      // Whether its sources are built or not, something of it fails: some past game lacks box scores.
      const id = await confirmBuild(page, await openBuildDialog(page));
      await api.runOnce(id, hasEnded, BUILT_MS);
      await expect(page.getByRole("button", { name: "Run again from the failure…" })).toBeVisible();
      await expectAccessible(page);
      await page
        .getByRole("button", { name: /^Compiled SQL of/ })
        .first()
        .click();
      await expect(page.getByRole("dialog")).toContainText("select");
      await expectAccessible(page, DIALOG);
    });

    test("health", async ({ page }) => {
      await page.goto("/health");
      await expect(page.getByText("All 5 parts are up.")).toBeVisible();
      await expectAccessible(page);
    });
  });
}

/** The page of a run that has ended: one of an earlier test, since each costs seconds, or else a new one. */
async function showEnded(page: Page, api: ConsoleApi, kind: JobKind, order: () => Promise<string>) {
  const known = (await api.runs(`&kind=${kind}`)).runs.find(hasEnded);
  const id = known?.id ?? (await order());
  await api.runOnce(id, hasEnded, BUILT_MS);
  await page.goto(`/runs/${id}`);
}

const DIALOG = '[role="dialog"]';

/** Nothing serious in light and dark, and nothing to scroll sideways; of a page that was looked at before, its dialog. */
async function expectAccessible(page: Page, within = "html"): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    // Without frames, and asked for nothing but violations, it takes a third of the time.
    const axe = new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ["violations"] })
      .include(within);
    // What stands on the page is the same in dark: its colours are not.
    const { violations } = await (colorScheme === "light" ? axe : axe.withRules("color-contrast")).analyze();
    const grave = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => ({
        id,
        where: nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`),
      }));
    expect.soft(grave, colorScheme).toEqual([]);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}
