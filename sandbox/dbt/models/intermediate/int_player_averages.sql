-- One row for each player of a team: his season so far, and his place among the team's scorers.
select
    player,
    team,
    count(distinct game_date) as games_played,
    round(avg(mp), 1) as avg_mp,
    round(avg(pts), 1) as avg_pts,
    round(avg(trb), 1) as avg_trb,
    round(avg(ast), 1) as avg_ast,
    round(avg(plusminus), 1) as avg_plusminus,
    round(sum(fgm)::numeric / nullif(sum(fga), 0), 3) as fg_pct,
    round(avg(pts_share), 3) as avg_pts_share,
    rank() over (partition by team order by avg(pts) desc, player) as team_scoring_rank
from {{ ref('int_player_games') }}
group by player, team
