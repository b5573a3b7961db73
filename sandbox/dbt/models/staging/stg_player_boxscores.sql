select
    player,
    team,
    opponent,
    date::date as game_date,
    location,
    outcome,
    mp,
    fgm,
    fga,
    trb,
    ast,
    pts,
    plusminus,
    created_at,
    modified_at
from {{ source('bronze', 'bbref_player_boxscores') }}
