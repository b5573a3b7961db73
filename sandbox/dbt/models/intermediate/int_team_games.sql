-- One row for each team of each game played, with both scores.
with scores as (
    select game_date, team, opponent, location, outcome, sum(pts) as pts_scored
    from {{ ref('fact_boxscores') }}
    group by game_date, team, opponent, location, outcome
)

select
    own.game_date,
    own.team,
    own.opponent,
    own.location,
    own.outcome,
    own.pts_scored,
    other.pts_scored as pts_scored_opp,
    own.pts_scored - other.pts_scored as margin,
    schedule.proper_date is not null as is_scheduled,
    row_number() over (partition by own.team order by own.game_date desc) as games_ago
from scores as own
left join scores as other
    on other.game_date = own.game_date and other.team = own.opponent and other.opponent = own.team
left join {{ ref('fact_schedule_data') }} as schedule
    on schedule.proper_date = own.game_date
    and own.team in (schedule.home_team_acronym, schedule.away_team_acronym)
    and own.opponent in (schedule.home_team_acronym, schedule.away_team_acronym)
