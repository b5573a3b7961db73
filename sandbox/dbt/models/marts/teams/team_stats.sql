select
    teams.team,
    teams.team_acronym,
    form.games_played,
    form.avg_pts_scored,
    form.avg_pts_scored_opp,
    form.avg_margin,
    form.win_pct_last10,
    rank() over (order by form.avg_pts_scored desc) as offense_rank,
    rank() over (order by form.avg_pts_scored_opp) as defense_rank,
    {{ built_at() }}
from {{ ref('dim_teams') }} as teams
inner join {{ ref('int_team_form') }} as form on form.team = teams.team_acronym
