-- One row for each game whose data are due, and whether they are here. A row that the daily refresh stopped
-- touching before its own date was withdrawn: that game was not played.
with refreshes as (
    select max(modified_at)::date as newest from {{ ref('fact_schedule_data') }}
),

due_games as (
    select schedule.*
    from {{ ref('fact_schedule_data') }} as schedule
    cross join refreshes
    where {{ due_at('schedule.proper_date') }} <= now() at time zone 'utc'
        and schedule.modified_at::date >= least(schedule.proper_date, refreshes.newest)
)

select
    due_games.proper_date as game_date,
    due_games.away_team,
    due_games.home_team,
    away.team is not null and home.team is not null as has_boxscores,
    flow.plays is not null as has_plays,
    {{ built_at() }}
from due_games
left join {{ ref('int_team_games') }} as away
    on away.game_date = due_games.proper_date and away.team = due_games.away_team_acronym
left join {{ ref('int_team_games') }} as home
    on home.game_date = due_games.proper_date and home.team = due_games.home_team_acronym
left join {{ ref('int_game_flow') }} as flow
    on flow.game_date = due_games.proper_date
    and flow.away_team = due_games.away_team_acronym
    and flow.home_team = due_games.home_team_acronym
