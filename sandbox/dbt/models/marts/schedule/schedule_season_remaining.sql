{{ config(materialized='view') }}

select
    proper_date as game_date,
    start_time,
    home_team,
    away_team,
    {{ built_at() }}
from {{ ref('fact_schedule_data') }}
where proper_date >= {{ utc_date() }}
