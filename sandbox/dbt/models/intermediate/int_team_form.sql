-- One row for each team: its season so far.
select
    team,
    count(*) as games_played,
    count(*) filter (where outcome = 'W') as wins,
    count(*) filter (where outcome = 'L') as losses,
    round(avg((outcome = 'W')::integer), 3) as win_pct,
    round(avg((outcome = 'W')::integer) filter (where games_ago <= 10), 3) as win_pct_last10,
    round(avg(pts_scored), 1) as avg_pts_scored,
    round(avg(pts_scored_opp), 1) as avg_pts_scored_opp,
    round(avg(margin), 1) as avg_margin,
    max(game_date) as last_game_date
from {{ ref('int_team_games') }}
group by team
