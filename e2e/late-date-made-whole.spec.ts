import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { cellOf, confirmBackfill, expectDateState, openBackfillDialog } from "./stack/freshness";
import { expectOutcome, expectRunState, figureOf, linesOf, logOf } from "./stack/run-page";
import type { Stack } from "./stack/start-stack";
import { expect, holeOf, test } from "./stack/test";

test("a late date: three clicks, its log while it runs, its receipt, and whole in a tab that was open before", async ({
  page,
  context,
  stack,
  api,
  faults,
}) => {
  const { date, games } = holeOf(stack, "late");
  await faults({ slowMs: 300 });
  const watcher = await context.newPage();
  await watcher.goto("/");
  await expectDateState(watcher, date, "missing");
  const loadedAt = await watcher.evaluate(() => performance.timeOrigin);

  await page.goto("/");
  await expectDateState(page, date, "missing");
  await cellOf(page, date).click();
  await expect(page).toHaveURL(new RegExp(`date=${date}`));
  const run = await confirmBackfill(page, await openBackfillDialog(page, date));

  await expectRunState(page, "running");
  await expect(logOf(page)).toContainText(/Retrieved \d+ plays of/);
  expect((await api.run(run)).state).toBe("running");
  expect(findProcessesOfRun(run)).not.toEqual([]);
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
  const stored = await api.lines(run);
  expect(await linesOf(page)).toEqual(stored.lines.map(({ seq, text }) => ({ seq, text })));

  await expectDateState(watcher, date, "whole");
  await expect(cellOf(watcher, date)).not.toHaveAccessibleName(/backfill/);
  expect(await watcher.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
});

async function rowsOf({ warehouse }: Stack, date: string): Promise<{ boxscores: number; plays: string }> {
  const { rows } = await warehouse.query(
    `select (select count(*) from bronze.bbref_player_boxscores where date::date = $1::date)::int as boxscores,
            (select count(*) from bronze.bbref_player_pbp where date::date = $1::date)::int as plays`,
    [date],
  );
  return { boxscores: rows[0].boxscores, plays: rows[0].plays.toLocaleString("en-US") };
}
