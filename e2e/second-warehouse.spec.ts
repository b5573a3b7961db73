import { expectDateState, openBackfillDialog, openDate, runIdOf } from "./stack/freshness";
import { expectRunState } from "./stack/run-page";
import { expect, holeOf, test } from "./stack/test";

/** Bronze's dates as text, no key, no index, no silver, one column more, no team table. */
const ANOTHER_SHAPE = `
alter table bronze.bbref_league_schedule drop constraint bbref_league_schedule_unique;
alter table bronze.bbref_player_boxscores drop constraint bbref_player_boxscores_unique;
alter table bronze.bbref_player_pbp drop constraint bbref_player_pbp_unique;
alter table bronze.bbref_league_schedule alter column proper_date type text using proper_date::text;
alter table bronze.bbref_player_boxscores alter column date type text using date::date::text;
alter table bronze.bbref_player_pbp alter column date type text using date::text;
alter table bronze.bbref_player_boxscores add column nobody_asked_for jsonb;
drop table bronze.internal_team_attributes cascade;
drop schema silver cascade;`;

test.use({ reshapeWarehouse: ANOTHER_SHAPE });

test("a warehouse of another shape: states are bronze's and say so, a backfill makes a date whole", async ({
  page,
  stack,
  api,
}) => {
  const season = await api.season();
  expect(season.silverMeasured).toEqual({ boxscores: false, pbp: false });
  expect(season.notices.map(({ message }) => message).join(" ")).toContain("silver.fact_boxscores");
  const states = new Map(season.dates.map(({ date, state }) => [date, state]));
  expect(states.get(holeOf(stack, "partial").date)).toBe("partial");
  expect(states.get(holeOf(stack, "no-plays").date)).toBe("partial");
  // Silver lagged behind on this date in the first warehouse; here there is none to lag.
  expect(states.get(holeOf(stack, "silver-absent").date)).toBe("whole");

  const { date } = holeOf(stack, "missing");
  await openDate(page, date);
  await expectDateState(page, date, "missing");
  const dialog = await openBackfillDialog(page, date);
  await dialog.getByRole("button", { name: "Backfill", exact: true }).click();
  const run = await runIdOf(page);
  await expectRunState(page, "succeeded", 30_000);
  expect((await api.run(run)).receipt).toMatchObject({ after: { state: "whole" }, stillMissing: [] });
  await openDate(page, date);
  await expectDateState(page, date, "whole");
});
