import { findProcessesOfRun } from "@/lib/executors/processes-of-run";
import { BUILT_MS, confirmBuild, nodeRow, openBuildDialog, openDbt, projectOf } from "./stack/dbt-page";
import { expectRunState, figureOf } from "./stack/run-page";
import { expect, test } from "./stack/test";

// One model sleeps in the warehouse for as long as nobody ends it.
test.use({ dbtEnv: { SANDBOX_DBT_SLEEP_SECONDS: "600" } });
test.setTimeout(2 * BUILT_MS);

test("a build cancelled in the middle of a sleeping model leaves no session and no process, and what is left can be built", async ({
  page,
  stack,
  api,
}) => {
  const sessionsOf = async (id: string) => {
    const { rows } = await stack.warehouse.query(
      "select query from pg_stat_activity where application_name = $1",
      [`backcourt-${id}`],
    );
    return rows.map(({ query }) => String(query));
  };
  await projectOf(api);
  await openDbt(page, "?select=player_stats");
  const id = await confirmBuild(page, await openBuildDialog(page));
  await expect(page.getByText(/^Now: player_stats \d+ s/)).toBeVisible({ timeout: BUILT_MS });
  await expect(async () =>
    expect(await sessionsOf(id)).toContainEqual(expect.stringContaining("pg_sleep(600")),
  ).toPass();

  await page.getByRole("button", { name: "Cancel…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("dbt is asked to stop and ends its statements in the warehouse");
  await dialog.getByRole("button", { name: "Cancel the run" }).click();
  await expectRunState(page, "cancelled", 30_000);
  expect(await sessionsOf(id)).toEqual([]);
  expect(findProcessesOfRun(id)).toEqual([]);
  await expect(nodeRow(page, "player_stats")).toContainText("cancelled");
  await expect(figureOf(page, "Models")).toContainText("0 of 1");

  await page.getByRole("button", { name: "Run again from the failure…" }).click();
  await expect(page.getByRole("dialog")).toContainText("--select player_stats --target prod");
});
