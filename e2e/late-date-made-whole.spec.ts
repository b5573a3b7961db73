import type { Page } from "@playwright/test";
import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { shortLabel } from "@/lib/game-date";
import { hasEnded } from "./stack/console-api";
import {
  cellOf,
  confirmBackfill,
  expectDateState,
  openBackfillDialog,
  openDate,
  openRefreshDialog,
  panelOf,
  runIdOf,
} from "./stack/freshness";
import { expectOutcome, expectRunState, figureOf, linesOf, logOf } from "./stack/run-page";
import type { Stack } from "./stack/start-stack";
import { expect, holeOf, test } from "./stack/test";

// The second test needs the silver that the first one leaves, in which nothing is doubled.
test.describe.configure({ mode: "serial" });
// Two builds of dbt, each of which takes some seconds to start.
test.setTimeout(150_000);
const BUILT_MS = 60_000;

test("a late date: three clicks, its log while it runs, its receipt, the refresh of silver that it takes, and whole in a tab that was open before", async ({
  page,
  context,
  stack,
  api,
  faults,
  pool,
}) => {
  const { date, games } = holeOf(stack, "late");
  await doubleInSilver(stack, pool.take());
  await faults({ slowMs: 300 });
  const watcher = await context.newPage();
  await watcher.goto("/");
  await expectDateState(watcher, date, "missing");
  const loadedAt = await watcher.evaluate(() => performance.timeOrigin);

  await page.goto("/");
  await expectDateState(page, date, "missing");
  await cellOf(page, date).click();
  await expect(page).toHaveURL(new RegExp(`date=${date}`));
  const backfill = await confirmBackfill(page, await openBackfillDialog(page, date));

  await expectRunState(page, "running");
  await expect(logOf(page)).toContainText(/Retrieved \d+ plays of/);
  expect((await api.run(backfill)).state).toBe("running");
  expect(findProcessesOfRun(backfill)).not.toEqual([]);
  await expect(cellOf(watcher, date)).toHaveAccessibleName(/backfill running$/);

  await expectRunState(page, "succeeded");
  await expectOutcome(page, /^box scores 0 → (\d+) of \1, play-by-play 0 → \1 of \1/);
  const rows = await rowsOf(stack, date);
  await expect(figureOf(page, "Receipt")).toHaveText(
    `+${games.length} games both sources 0 → ${games.length} of ${games.length}`,
  );
  await expect(figureOf(page, "Rows")).toHaveText(`+${rows.boxscores} box score rows; +${rows.plays} plays`);
  await expect(figureOf(page, "Still missing")).toContainText("nothing");
  await expect(figureOf(page, "Exit")).toContainText("0");
  const stored = await api.lines(backfill);
  expect(await linesOf(page)).toEqual(stored.lines.map(({ seq, text }) => ({ seq, text })));
  await expectDateState(watcher, date, "stale");
  await expect(cellOf(watcher, date)).not.toHaveAccessibleName(/backfill/);

  // For this date the usual build would do, but it breaks off at another one's doubled box scores.
  const now = page.getByRole("region", { name: "The date now" });
  await expect(now).toContainText(/It takes a full refresh: silver's box scores of .+ are doubled/);
  const dialog = await openRefreshDialog(now, date);
  await expect(dialog).toContainText("--select fact_boxscores+ fact_pbp_data+ --full-refresh --target prod");
  await stack.warehouse.query("begin; lock table gold.standings in access share mode");
  try {
    await dialog.getByRole("button", { name: "Rebuild" }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(backfill));
    const progress = page.getByRole("progressbar", { name: "Models and tests done" });
    await expect(page.getByText(/^Now: .*\bstandings \d+ s/)).toBeVisible({ timeout: BUILT_MS });
    await expect(progress).toHaveAttribute("aria-valuetext", /^[1-9]\d* of \d+$/);
    await expect(logOf(page)).toContainText(/START sql table model gold\.standings/);
  } finally {
    await stack.warehouse.query("rollback");
  }
  await expectRunState(page, "succeeded", BUILT_MS);
  await expectMended(page, date);
  // Dates without box scores are left, so a test fails and dbt exits 1; what was wanted is built all the same.
  await expectOutcome(page, /^\d+ models built, \d+ of \d+ tests failed; \d+ dates mended\./);
  await expect(figureOf(page, "Exit")).toContainText("1 dbt's answer to a failed test");

  await expectDateState(watcher, date, "whole");
  expect(await watcher.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
});

test("after a backfill of the newest date the usual build is offered, of an older one a full refresh", async ({
  page,
  stack,
  api,
  pool,
  emptyDates,
}) => {
  const { date: newest } = holeOf(stack, "late");
  // From the season's start: silver has plays of later dates.
  const [older = ""] = pool.takeInARow(1);
  await emptyDates(newest, older);
  for (const run of await api.order([newest, older])) await api.runOnce(run.id, hasEnded);

  const rebuild = await openRefreshDialog(await openDate(page, older), older);
  await expect(rebuild).toContainText("It takes a full refresh: the usual build takes only plays later than");
  await expect(rebuild).toContainText("--full-refresh --target prod");
  await page.keyboard.press("Escape");

  const dialog = await openRefreshDialog(await openDate(page, newest), newest);
  await expect(dialog).toContainText("The usual build takes it in");
  await expect(dialog.getByRole("listitem").filter({ hasText: shortLabel(older) })).toContainText(
    "Without a full refresh this leaves 1 date behind",
  );
  await expect(dialog).toContainText("--select fact_boxscores+ fact_pbp_data+ --target prod");
  await dialog.getByRole("button", { name: "Build", exact: true }).click();
  await runIdOf(page);
  await expectRunState(page, "partly", BUILT_MS);
  await expectMended(page, newest);
  const dates = page.getByRole("region", { name: "Dates behind in silver" });
  await expect(dates.getByRole("listitem").filter({ hasText: startsWith(older) })).toContainText(
    "still behind",
  );
  const rest = page.getByRole("region", { name: "What mends the rest" });
  await expect(rest.getByRole("button", { name: "Rebuild…" })).toBeVisible();
  await openDate(page, newest);
  await expectDateState(page, newest, "whole");
  await expectDateState(page, older, "stale");
  await expect(panelOf(page, newest).getByRole("button", { name: "Refresh silver…" })).toBeHidden();
});

async function expectMended(page: Page, date: string): Promise<void> {
  const dates = page.getByRole("region", { name: "Dates behind in silver" });
  await expect(dates.getByRole("listitem").filter({ hasText: startsWith(date) })).toContainText("✓ mended");
}

/** A date's own line: another's reason may name it as well. */
function startsWith(date: string): RegExp {
  return new RegExp(`^${shortLabel(date)}`);
}

/** As a backfill of a date that silver holds already leaves it after the usual build. */
async function doubleInSilver({ warehouse }: Stack, date: string): Promise<void> {
  await warehouse.query(
    "insert into silver.fact_boxscores select * from silver.fact_boxscores where game_date = $1::date",
    [date],
  );
}

async function rowsOf({ warehouse }: Stack, date: string): Promise<{ boxscores: number; plays: string }> {
  const { rows } = await warehouse.query(
    `select (select count(*) from bronze.bbref_player_boxscores where date::date = $1::date)::int as boxscores,
            (select count(*) from bronze.bbref_player_pbp where date::date = $1::date)::int as plays`,
    [date],
  );
  return { boxscores: rows[0].boxscores, plays: rows[0].plays.toLocaleString("en-US") };
}
