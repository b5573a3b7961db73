select
    teams.team,
    teams.team_acronym,
    teams.conference,
    form.wins,
    form.losses,
    form.win_pct as win_percentage,
    {{ built_at() }}
from {{ ref('dim_teams') }} as teams
inner join {{ ref('int_team_form') }} as form on form.team = teams.team_acronym
