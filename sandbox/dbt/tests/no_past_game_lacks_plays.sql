{{ config(severity='warn') }}

-- Warns of the games that have box scores and no plays.
select game_date, away_team, home_team
from {{ ref('past_games_coverage') }}
where has_boxscores and not has_plays
