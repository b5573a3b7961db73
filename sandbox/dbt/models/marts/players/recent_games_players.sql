select
    player,
    team,
    opponent,
    game_date,
    outcome,
    mp,
    pts,
    trb,
    ast,
    plusminus,
    {{ built_at() }}
from {{ ref('int_player_games') }}
where game_date = (select max(game_date) from {{ ref('int_player_games') }})
