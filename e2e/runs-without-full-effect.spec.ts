import type { Page } from "@playwright/test";
import { backfillByHand, expectDateState, openBackfillDialog, openDate } from "./stack/freshness";
import { expectExplained, expectOutcome, expectRunState, figureOf, logOf } from "./stack/run-page";
import { expect, test } from "./stack/test";

test.describe("exit 0 is not success", () => {
  test("the source is late: no effect, and the line that says so", async ({ page, faults, redDate }) => {
    await faults({ dates: { [redDate]: { late: true } } });
    await backfillByHand(page, redDate);
    await expectRunState(page, "no_effect");
    await expectNothingCame(page);
    await expectExplained(page, /Box Scores aren't available yet for/);
    await openDate(page, redDate);
    await expectDateState(page, redDate, "missing");
  });

  test("a play-by-play page fails: box scores came, plays did not, partly", async ({
    page,
    faults,
    redDate,
    api,
  }) => {
    const { expected } = (await api.date(redDate)).summary;
    await faults({ dates: { [redDate]: { failPages: [{ game: 2, status: 500 }] } } });
    await backfillByHand(page, redDate);
    await expectRunState(page, "partly");
    await expectOutcome(
      page,
      new RegExp(`box scores 0 → ${expected} of ${expected}; play-by-play of ${expected} of`),
    );
    await expect(figureOf(page, "Receipt")).toHaveText(
      `+${expected} games box scores 0 → ${expected} of ${expected}`,
    );
    await expect(figureOf(page, "Rows")).toHaveText(/^\+\d+ box score rows; 0 plays$/);
    await expect(figureOf(page, "Still missing")).toHaveText(new RegExp(`^plays of ${expected} games`));
    await expectExplained(page, /PBP Transformation Function Logic Failed, HTTP Error 500/);
    await page.getByRole("button", { name: "1 error" }).click();
    await expect(logOf(page).locator("[data-current]")).toContainText("[ERROR]");
    await openDate(page, redDate);
    await expectDateState(page, redDate, "partial");
  });

  test("the source is down: no effect, and why", async ({ page, faults, redDate }) => {
    await faults({ down: "destroy" });
    await backfillByHand(page, redDate);
    await expectRunState(page, "no_effect");
    await expectNothingCame(page);
    await expectExplained(page, /Box Scores Function Failed, /);
  });
});

test.describe("a flag that is off", () => {
  test("boxscores: warned before, no effect after", async ({ page, flagOff, redDate }) => {
    await flagOff("boxscores");
    await openDate(page, redDate);
    const dialog = await openBackfillDialog(page, redDate);
    await expect(dialog.getByRole("listitem")).toContainText(/The flag boxscores is off: .+ exits 0/);
    await dialog.getByRole("button", { name: "Backfill", exact: true }).click();
    await expectRunState(page, "no_effect");
    await expectNothingCame(page);
    await expectExplained(page, /Feature Flag boxscores is disabled/);
  });

  test("pbp: warned before, partly after", async ({ page, flagOff, redDate }) => {
    await flagOff("pbp");
    await openDate(page, redDate);
    const dialog = await openBackfillDialog(page, redDate);
    await expect(dialog.getByRole("listitem")).toContainText(/The flag pbp is off: .+ exits 0/);
    await dialog.getByRole("button", { name: "Backfill", exact: true }).click();
    await expectRunState(page, "partly");
    await expectExplained(page, /Feature Flag pbp is disabled/);
  });
});

async function expectNothingCame(page: Page): Promise<void> {
  await expectOutcome(page, /^Exit 0, but nothing arrived: .+ still missing/);
  await expect(figureOf(page, "Receipt")).toContainText("no change");
  await expect(figureOf(page, "Rows")).toContainText("0 box score rows; 0 plays");
  await expect(figureOf(page, "Exit")).toHaveText(/^0 ended/);
}
