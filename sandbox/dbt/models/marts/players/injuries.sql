-- No __created_at here: this table tells when the list of injuries itself was last changed.
select
    injuries.player,
    injuries.team,
    injuries.injury,
    injuries.description,
    averages.avg_pts,
    injuries.modified_at as updated_at
from {{ ref('stg_player_injuries') }} as injuries
left join {{ ref('int_player_averages') }} as averages
    on averages.player = injuries.player and averages.team = injuries.team
