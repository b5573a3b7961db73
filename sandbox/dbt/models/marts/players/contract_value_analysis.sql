select
    averages.player,
    averages.team,
    contracts.season_salary,
    averages.avg_pts,
    round(contracts.season_salary / nullif(averages.avg_pts * averages.games_played, 0)) as salary_a_point,
    {{ built_at() }}
from {{ ref('int_player_averages') }} as averages
inner join {{ ref('stg_player_contracts') }} as contracts
    on contracts.player = averages.player and contracts.team = averages.team
