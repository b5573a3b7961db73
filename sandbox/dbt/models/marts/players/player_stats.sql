{{ config(pre_hook="{{ sleep_if_asked() }}") }}

select
    player,
    team,
    games_played,
    avg_mp,
    avg_pts,
    avg_trb,
    avg_ast,
    avg_plusminus,
    fg_pct,
    avg_pts_share,
    {{ built_at() }}
from {{ ref('int_player_averages') }}
