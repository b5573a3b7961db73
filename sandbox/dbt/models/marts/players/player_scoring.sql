select
    player,
    team,
    games_played,
    avg_pts as avg_ppg,
    {{ built_at() }}
from {{ ref('int_player_averages') }}
