-- Fails with the games whose box scores are due and not here, as long as there is one of the season.
select game_date, away_team, home_team
from {{ ref('past_games_coverage') }}
where not has_boxscores
