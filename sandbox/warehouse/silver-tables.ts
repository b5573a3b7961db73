const SIDE_FEATURES = ["home", "away"].map(
  (side) => `
  ${side}_team_rank integer, ${side}_days_rest integer, ${side}_team_avg_pts_scored numeric,
  ${side}_team_avg_pts_scored_opp numeric, ${side}_team_win_pct numeric, ${side}_team_win_pct_last10 numeric,
  ${side}_is_top_players integer`,
);

/** Columns that the features of a game and its prediction share. */
export const GAME_FEATURE_COLUMNS = `
  home_team text not null, home_moneyline integer, away_team text not null, away_moneyline integer,
  game_date date not null, ${SIDE_FEATURES.join(",")}`;

/** Silver's indexes, apart so that a bulk load can add them at its end. */
export const SILVER_INDEXES = `
create index if not exists fact_boxscores_team_game_date on silver.fact_boxscores (team, game_date);
create index if not exists fact_pbp_data_game_date on silver.fact_pbp_data (game_date);
`;

/** DDL of what the scheduled dbt run builds from bronze. Box scores have no key there, so they can double. */
export const SILVER_TABLES = `
create table if not exists silver.fact_boxscores (
  player text, team text, opponent text, game_date date, location text, outcome text, mp numeric,
  fgm integer, fga integer, trb integer, ast integer, pts integer, plusminus integer,
  created_at timestamp, modified_at timestamp
);

create table if not exists silver.fact_pbp_data (
  home_team text, away_team text, game_date date, quarter text, time_quarter text,
  play text, score_away integer, score_home integer, margin_score integer, leading_team text, winning_team text
);

create table if not exists silver.fact_schedule_data (
  away_team text, home_team text, away_team_acronym text, home_team_acronym text, proper_date date,
  start_time text, day_name text, created_at timestamp, modified_at timestamp
);

create table if not exists silver.dim_teams (
  team text, team_acronym text, conference text, primary_color text
);

create table if not exists silver.ml_game_features (${GAME_FEATURE_COLUMNS}, outcome integer);
${SILVER_INDEXES}`;
