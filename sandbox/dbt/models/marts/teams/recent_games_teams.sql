select
    game_date,
    team,
    opponent,
    outcome,
    pts_scored,
    {{ built_at() }}
from {{ ref('int_team_games') }}
where game_date = (select max(game_date) from {{ ref('int_team_games') }})
