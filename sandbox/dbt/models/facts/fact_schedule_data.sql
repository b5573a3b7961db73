{{ config(
    materialized='incremental',
    unique_key=['away_team', 'home_team', 'proper_date']
) }}

select
    schedule.away_team,
    schedule.home_team,
    away.team_acronym as away_team_acronym,
    home.team_acronym as home_team_acronym,
    schedule.proper_date,
    schedule.start_time,
    schedule.day_name,
    schedule.created_at,
    schedule.modified_at
from {{ ref('stg_league_schedule') }} as schedule
left join {{ ref('dim_teams') }} as away on away.team = schedule.away_team
left join {{ ref('dim_teams') }} as home on home.team = schedule.home_team
{% if is_incremental() %}
where schedule.modified_at > (select coalesce(max(modified_at), '-infinity') from {{ this }})
{% endif %}
