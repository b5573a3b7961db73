select
    game_date,
    home_team,
    away_team,
    winning_team,
    lead_changes,
    ties,
    biggest_home_lead,
    biggest_away_lead,
    final_margin,
    {{ built_at() }}
from {{ ref('int_game_flow') }}
