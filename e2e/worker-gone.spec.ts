import { longLabel } from "@/lib/game-date";
import { openBackfillDialog, openDate, runIdOf } from "./stack/freshness";
import { expectRunState } from "./stack/run-page";
import { expect, test } from "./stack/test";

// A worker that died is believed to live until its heartbeats have been missed for a while.
test.setTimeout(120_000);
const NOTICED_MS = 45_000;
const ABSENT = /No worker is running: the last was heard of .*\d\d:\d\d UTC\./;

test("the worker dies: the health page says so, an order waits, and a new worker takes it", async ({
  page,
  stack,
  redDate,
}) => {
  await page.goto("/health");
  await expect(page.getByText("All 5 parts are up.")).toBeVisible();
  stack.worker.kill("SIGKILL");
  await expect(page.getByText("1 of 5 parts is down: worker.")).toBeVisible({ timeout: NOTICED_MS });
  await expect(page.getByText(/No worker is running: runs stay queued/)).toBeVisible();

  await openDate(page, redDate);
  const dialog = await openBackfillDialog(page, redDate);
  await expect(dialog).toContainText(ABSENT);
  await expect(dialog).toContainText("This stays queued until one is.");
  await dialog.getByRole("button", { name: "Backfill", exact: true }).click();
  await runIdOf(page);
  await expectRunState(page, "queued");
  await expect(page.getByRole("main")).toContainText(ABSENT);
  await expect(page.getByRole("main")).toContainText("It starts as soon as one is");

  stack.startWorker();
  await expectRunState(page, "succeeded", 30_000);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Backfill ${longLabel(redDate)}`);
  await page.goto("/health");
  await expect(page.getByText("All 5 parts are up.")).toBeVisible();
});
