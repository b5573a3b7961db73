import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { hasEnded } from "./stack/console-api";
import { backfillByHand, confirmBackfill, runIdOf } from "./stack/freshness";
import { expectRunState, logOf } from "./stack/run-page";
import { expect, test } from "./stack/test";

const PROMISED_MS = 10_000;

test("a running backfill is cancelled with all that it started, and its date can run again at once", async ({
  page,
  faults,
  redDate,
}) => {
  await faults({ slowMs: 2_000 });
  const run = await backfillByHand(page, redDate);
  await expect(logOf(page)).toContainText(/Retrieved \d+ plays of/);
  expect(findProcessesOfRun(run)).not.toEqual([]);

  await page.getByRole("button", { name: "Cancel…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel the run" }).click();
  await expectRunState(page, "cancelled", PROMISED_MS);
  expect(findProcessesOfRun(run)).toEqual([]);
  // Box scores have a transaction of their own and are committed before the first page of plays.
  await expect(page.getByRole("main")).toContainText(
    /Cancelled while it ran; written before that: box scores 0/,
  );

  await faults({});
  await page.getByRole("button", { name: "Run again…" }).first().click();
  await confirmBackfill(page, page.getByRole("dialog"));
  await expect.poll(() => runIdOf(page)).not.toBe(run);
  await expectRunState(page, "succeeded");
});

test("a queued backfill is cancelled without ever starting", async ({
  page,
  api,
  faults,
  pool,
  emptyDates,
}) => {
  const [first = "", second = ""] = [pool.take(), pool.take()];
  await emptyDates(first, second);
  await faults({ slowMs: 1_000 });
  const [ahead] = await api.order([first]);
  const [waiting] = await api.order([second]);
  await page.goto(`/runs/${waiting?.id}`);
  await expectRunState(page, "queued");
  await expect(page.getByRole("main")).toContainText(`Behind ${ahead?.title}`);

  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expectRunState(page, "cancelled");
  await expect(page.getByText("The program was never started, so there is no log.")).toBeVisible();
  expect((await api.run(waiting?.id ?? "")).startedAt).toBeNull();

  await faults({});
  await api.runOnce(ahead?.id ?? "", hasEnded);
});
