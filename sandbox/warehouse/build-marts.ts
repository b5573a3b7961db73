import type { ClientBase } from "pg";

const MARTS = [
  `insert into gold.standings
   select t.team, t.team_acronym, t.conference, count(*) filter (where g.outcome = 'W'),
     count(*) filter (where g.outcome = 'L'), round(avg((g.outcome = 'W')::int), 3), $1::timestamptz
   from bronze.internal_team_attributes t
   join (select distinct team, game_date, outcome from silver.fact_boxscores) g on g.team = t.team_acronym
   group by t.team, t.team_acronym, t.conference`,
  `insert into gold.recent_games_teams
   select game_date, team, opponent, outcome, sum(pts), $1::timestamptz
   from silver.fact_boxscores
   where game_date = (select max(game_date) from silver.fact_boxscores)
   group by game_date, team, opponent, outcome`,
  `insert into gold.player_scoring
   select player, team, count(distinct game_date), round(avg(pts), 1), $1::timestamptz
   from silver.fact_boxscores
   group by player, team`,
];

/** Fills the empty gold marts from silver, stamped as built at `builtAt`. */
export async function buildMarts(client: ClientBase, builtAt: Date): Promise<void> {
  for (const mart of MARTS) await client.query(mart, [builtAt.toISOString()]);
  await client.query(
    "insert into gold.team_colors select team, team_acronym, primary_color from bronze.internal_team_attributes",
  );
}
