{{ config(materialized='view') }}

-- The date may be text in the table that the prediction step writes.
select
    predictions.game_date::date as game_date,
    schedule.start_time,
    predictions.home_team,
    predictions.away_team,
    predictions.home_moneyline,
    predictions.away_moneyline,
    predictions.home_team_predicted_win_pct,
    predictions.away_team_predicted_win_pct,
    {{ built_at() }}
from {{ source('gold', 'ml_game_predictions') }} as predictions
left join {{ ref('fact_schedule_data') }} as schedule
    on schedule.proper_date = predictions.game_date::date
    and schedule.home_team = predictions.home_team
where predictions.game_date::date >= {{ utc_date(hours_back=6) }}
