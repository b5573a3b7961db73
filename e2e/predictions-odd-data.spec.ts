import { expect, test } from "./stack/test";

/** Game dates as text, one of them no date; no key, so a game may be there twice; no odds, a team of another league. */
const ODD_PREDICTIONS = `
alter table gold.ml_game_predictions drop constraint ml_game_predictions_unique;
alter table gold.ml_game_predictions alter column game_date type text using game_date::text;
insert into gold.ml_game_predictions (home_team, away_team, game_date, home_moneyline, away_moneyline,
  home_team_predicted_win_pct, away_team_predicted_win_pct, created_at, modified_at)
select home_team, away_team, game_date, home_moneyline, away_moneyline,
  home_team_predicted_win_pct, away_team_predicted_win_pct, created_at, modified_at
from gold.ml_game_predictions where game_date = (select max(game_date) from gold.ml_game_predictions) limit 1;
insert into gold.ml_game_predictions (home_team, away_team, game_date, home_moneyline, away_moneyline,
  home_team_predicted_win_pct, away_team_predicted_win_pct, created_at, modified_at)
values ('Phoenix Suns', 'Los Angeles Lakers', 'soon', -110, null, 0.5, 0.5, now(), now()),
  ('Seattle SuperSonics', 'Los Angeles Lakers', '2001-01-01', null, null, 1.2, -0.2, now(), now());`;

test.use({ reshapeWarehouse: ODD_PREDICTIONS });

test("text dates, unknown teams and impossible chances are shown and counted, none is fatal", async ({
  page,
}) => {
  await page.goto("/predictions");
  const sanity = page.getByRole("region", { name: "Sanity" });
  await expect(sanity.getByRole("link", { name: /Unreadable dates/ })).toContainText("1");
  await expect(sanity.getByRole("link", { name: /Duplicates/ })).toContainText("2");
  await expect(sanity.getByRole("link", { name: /Chances not within 0 to 1/ })).toContainText("1");

  const rows = page.getByRole("table", { name: "Predictions" }).locator("tbody").getByRole("row");
  await expect(rows).toHaveCount(100);
  // Text sorts as dates do, and what is none comes last.
  await expect(rows.first()).not.toContainText("soon");
  await sanity.getByRole("link", { name: /Unreadable dates/ }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("“soon”");
  await expect(rows).toContainText("no date");
  await page.goto("/predictions?team=seattle");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("120.0%");
  await expect(rows).toContainText("not 0 to 1");
});

test("a table that is missing is named, on the page and in the calendar, and nothing else breaks", async ({
  page,
  stack,
}) => {
  await stack.warehouse.query("alter table gold.ml_game_predictions rename to put_aside");
  try {
    await expect(async () => {
      await page.goto("/predictions");
      await expect(page.getByRole("heading", { name: "No predictions to show" })).toBeVisible();
    }).toPass({ timeout: 45_000 });
    const notices = page.getByRole("list", { name: "About the warehouse" });
    await expect(notices).toContainText("gold.ml_game_predictions");
    await page.goto("/");
    await expect(notices).toContainText("gold.ml_game_predictions");
    await expect(page.getByRole("grid")).toBeVisible();
    await expect(page.getByText("each cell: box scores · play-by-play", { exact: true })).toBeVisible();
  } finally {
    await stack.warehouse.query("alter table gold.put_aside rename to ml_game_predictions");
  }
});
