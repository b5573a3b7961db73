import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "../testing/throwaway-warehouse";
import { fillSeasons } from "./fill-seasons";

const NOW = new Date("2025-02-12T17:00:00Z");
const NEWEST_DUE = "2025-02-11";

let warehouse: ThrowawayWarehouse;

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
  await fillSeasons({
    client: warehouse.admin,
    now: NOW,
    seasons: 1,
    playsMultiplier: 1,
    constraints: "production",
    boxScoresIndex: true,
  });
}, 30_000);

afterAll(() => warehouse?.drop());

describe("fillSeasons", () => {
  it("makes 1,230 games, and no team plays twice on a date", async () => {
    const { rows } = await warehouse.admin.query(`
      select count(*)::int as games, max(of_team)::int as most from (
        select count(*) over (partition by proper_date, team) as of_team
        from bronze.bbref_league_schedule
        cross join lateral (values (home_team), (away_team)) as side (team)
      ) as sides`);
    expect(rows).toEqual([{ games: 2 * 1230, most: 1 }]);
  });

  it("has every due game whole in bronze and silver, and nothing of the others", async () => {
    const { rows } = await warehouse.admin.query(
      `select count(*) filter (where boxes = array[13, 13]::bigint[] and plays = 127 and silver = 127)
           = count(*) filter (where date <= $1) as due_whole,
         count(*) filter (where boxes is not null or plays + silver > 0)
           = count(*) filter (where date <= $1) as others_empty,
         count(*) filter (where date > $1) > 0 as some_to_come
       from (
         select proper_date as date,
           (select array_agg(n) from (
              select count(*) as n from bronze.bbref_player_boxscores b
              join silver.fact_boxscores f using (player, team, modified_at)
              where b.date = proper_date and f.game_date = proper_date
                and b.team in (home_team_acronym, away_team_acronym)
              group by b.team) as sides) as boxes,
           (select count(*) from bronze.bbref_player_pbp where date = proper_date
              and hometeam = home_team_acronym and awayteam = away_team_acronym) as plays,
           (select count(*) from silver.fact_pbp_data where game_date = proper_date
              and home_team = home_team_acronym and away_team = away_team_acronym) as silver
         from silver.fact_schedule_data
       ) as games`,
      [NEWEST_DUE],
    );
    expect(rows).toEqual([{ due_whole: true, others_empty: true, some_to_come: true }]);
  });
});
