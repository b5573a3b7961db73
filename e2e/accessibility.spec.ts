import type { Page } from "@playwright/test";
import type { JobKind } from "@/lib/contracts/runs";
import { type ConsoleApi, hasEnded } from "./stack/console-api";
import { confirmRestart, mendEcs, openRestartDialog } from "./stack/dashboard-page";
import { BUILT_MS, confirmBuild, openBuildDialog, openDbt, projectOf } from "./stack/dbt-page";
import { expectAccessible } from "./stack/expect-accessible";
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

    test("access: the people, one of them, and an invite with its link", async ({ page }) => {
      await page.goto("/access");
      await page.getByRole("link", { name: "Vera Viewer" }).click();
      await expect(page.getByRole("dialog", { name: "Vera Viewer" })).toContainText("Disable…");
      await expectAccessible(page, DIALOG);
      await page.keyboard.press("Escape");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Invite…" }).click();
      await page.getByLabel("E-mail address").fill(`axe-${name}-${Date.now()}@backcourt.test`);
      await expectAccessible(page, DIALOG);
      await page.getByRole("button", { name: "Make the link" }).click();
      const link = await page.getByLabel("The invite's link").inputValue();
      await expectAccessible(page, DIALOG);
      await page.goto(link);
      await expect(page.getByLabel("Your name")).toBeVisible();
      await expectAccessible(page);
    });

    test("one's account, with a new token", async ({ page }) => {
      await page.goto("/account");
      await expect(page.getByText("this browser")).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "New token…" }).click();
      await page.getByRole("dialog").getByLabel("Name").fill("axe");
      await expectAccessible(page, DIALOG);
      await page.getByRole("button", { name: "Make the token" }).click();
      await expect(page.getByLabel("The token", { exact: true })).toBeVisible();
      await expectAccessible(page, DIALOG);
      await page.getByRole("button", { name: "Done" }).click();
      await page.getByRole("button", { name: "Revoke the token axe…" }).first().click();
      await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
      await expect(page.getByText("The token axe is revoked.")).toBeVisible();
    });

    test.describe("to a viewer", () => {
      test.use({ signedInAs: "viewer" });

      test("the calendar, and a page that is an admin's", async ({ page }) => {
        await page.goto("/");
        await expect(page.getByRole("grid")).toBeVisible();
        await expectAccessible(page);
        await page.goto("/access");
        await expect(page.getByRole("heading", { name: "This page is for admins" })).toBeVisible();
        await expectAccessible(page);
      });
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
