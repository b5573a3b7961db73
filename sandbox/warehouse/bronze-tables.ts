const STAMPS = "created_at timestamp not null, modified_at timestamp not null";

/** The unique constraint that the ingestion's upsert of box scores drops and adds again. */
export const BOX_SCORES_CONSTRAINT = {
  table: "bronze.bbref_player_boxscores",
  name: "bbref_player_boxscores_unique",
  columns: "player, date",
} as const;

/** The same for plays. */
export const PLAYS_CONSTRAINT = {
  table: "bronze.bbref_player_pbp",
  name: "bbref_player_pbp_unique",
  columns: "hometeam, awayteam, date, timequarter, numberperiod, descriptionplayvisitor, descriptionplayhome",
} as const;

/** What the daily refresh upserts the schedule on. */
export const SCHEDULE_CONSTRAINT = {
  table: "bronze.bbref_league_schedule",
  name: "bbref_league_schedule_unique",
  columns: "away_team, home_team, proper_date",
} as const;

/** DDL of what the ingestion writes. Timestamps are UTC and carry no time zone. */
export const BRONZE_TABLES = `
create table if not exists bronze.internal_team_attributes (
  team text primary key, team_acronym text not null unique, primary_color text, conference text, ${STAMPS}
);

create table if not exists bronze.bbref_league_schedule (
  away_team text not null, home_team text not null, start_time text, proper_date date not null, date text,
  day_name text, ${STAMPS},
  constraint ${SCHEDULE_CONSTRAINT.name} unique (${SCHEDULE_CONSTRAINT.columns})
);

create table if not exists bronze.bbref_player_boxscores (
  player text not null, team text not null, location text not null, opponent text not null,
  outcome text not null, mp numeric, fgm integer, fga integer, threepfgmade integer, threepattempted integer,
  ft integer, fta integer, oreb integer, dreb integer, trb integer, ast integer, stl integer, blk integer,
  tov integer, pf integer, pts integer, plusminus integer, date timestamp not null, type text,
  scrape_date date, ${STAMPS},
  constraint ${BOX_SCORES_CONSTRAINT.name} unique (${BOX_SCORES_CONSTRAINT.columns})
);

create table if not exists bronze.bbref_player_pbp (
  hometeam text not null, awayteam text not null, date date not null, timequarter text not null,
  numberperiod text not null, descriptionplayvisitor text not null, descriptionplayhome text not null,
  scoreaway integer, scorehome integer, marginscore integer, scrape_date date, ${STAMPS},
  constraint ${PLAYS_CONSTRAINT.name} unique (${PLAYS_CONSTRAINT.columns})
);

create table if not exists bronze.bbref_player_stats_snapshot (player text, team text, avg_ppg numeric, ${STAMPS});
create table if not exists bronze.bbref_player_adv_stats (player text, team text, usage_pct numeric, ${STAMPS});
create table if not exists bronze.bbref_player_shooting_stats (player text, three_pct numeric, ${STAMPS});
create table if not exists bronze.bbref_player_contracts (player text, team text, season_salary bigint, ${STAMPS});
create table if not exists bronze.bbref_player_injuries (
  player text, team text, injury text, description text, ${STAMPS}
);
create table if not exists bronze.bbref_league_transactions (date date, transaction text, ${STAMPS});
create table if not exists bronze.bbref_team_adv_stats_snapshot (team text, ortg numeric, drtg numeric, ${STAMPS});
create table if not exists bronze.bbref_team_opponent_shooting_stats (team text, fg_percent_opp numeric, ${STAMPS});
create table if not exists bronze.draftkings_game_odds (
  team text, spread numeric, moneyline integer, total numeric, date date, ${STAMPS}
);
create table if not exists bronze.reddit_posts (reddit_id text, title text, score integer, ${STAMPS});
create table if not exists bronze.reddit_comments (reddit_id text, author text, comment text, ${STAMPS});
`;
