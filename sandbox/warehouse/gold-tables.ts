import { GAME_FEATURE_COLUMNS } from "./silver-tables";

/**
 * DDL of the marts. Most carry the time of their last build, one does not, and the views compute theirs on
 * reading, just as in production.
 */
export const GOLD_TABLES = `
create table if not exists gold.feature_flags (
  flag text primary key, is_enabled integer not null, created_at timestamp not null,
  modified_at timestamp not null
);

create table if not exists gold.ml_game_predictions (${GAME_FEATURE_COLUMNS},
  home_team_predicted_win_pct numeric, away_team_predicted_win_pct numeric,
  created_at timestamp not null, modified_at timestamp not null,
  constraint ml_game_predictions_unique unique (home_team, game_date)
);

create table if not exists gold.standings (
  team text, team_acronym text, conference text, wins integer, losses integer, win_percentage numeric,
  __created_at timestamptz
);

create table if not exists gold.recent_games_teams (
  game_date date, team text, opponent text, outcome text, pts_scored integer, __created_at timestamptz
);

create table if not exists gold.player_scoring (
  player text, team text, games_played integer, avg_ppg numeric, __created_at timestamptz
);

create table if not exists gold.team_colors (team text, team_acronym text, primary_color text);

create or replace view gold.schedule_tonights_games as
select proper_date as game_date, start_time, home_team, away_team, now() as __created_at
from silver.fact_schedule_data
where proper_date = (now() at time zone 'utc')::date;

create or replace view gold.schedule_season_remaining as
select proper_date as game_date, start_time, home_team, away_team, now() as __created_at
from silver.fact_schedule_data
where proper_date >= (now() at time zone 'utc')::date;
`;
