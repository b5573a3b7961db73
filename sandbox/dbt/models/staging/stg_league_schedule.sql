-- A play-off game that may never be played has no start time yet, or a wrong one: it is no game so far.
select
    away_team,
    home_team,
    start_time,
    proper_date::date as proper_date,
    day_name,
    created_at,
    modified_at
from {{ source('bronze', 'bbref_league_schedule') }}
where coalesce(start_time, '') not in ('', '11:00')
