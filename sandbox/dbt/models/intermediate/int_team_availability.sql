-- One row for each team: whether its two best scorers are fit.
select
    averages.team,
    count(injuries.player) as top_players_out,
    (count(injuries.player) = 0)::integer as is_top_players
from {{ ref('int_player_averages') }} as averages
left join {{ ref('stg_player_injuries') }} as injuries
    on injuries.player = averages.player and injuries.team = averages.team
where averages.team_scoring_rank <= 2
group by averages.team
