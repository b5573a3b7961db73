{{ config(
    materialized='incremental',
    indexes=[{'columns': ['game_date']}]
) }}

-- Only dates later than the newest one here: plays that bronze gets for an older date never come.
with new_plays as (
    select
        *,
        max(score_home) over game as final_home,
        max(score_away) over game as final_away
    from {{ ref('stg_player_pbp') }}
    {% if is_incremental() %}
    where game_date > (select coalesce(max(game_date), '-infinity') from {{ this }})
    {% endif %}
    window game as (partition by game_date, home_team, away_team)
),

-- Two free throws of the same second are one moment, with the score after both.
moments as (
    select distinct on (game_date, home_team, away_team, quarter, time_quarter) *
    from new_plays
    order by game_date, home_team, away_team, quarter, time_quarter, score_home + score_away desc
)

select
    home_team,
    away_team,
    game_date,
    quarter,
    time_quarter,
    play,
    score_away,
    score_home,
    margin_score,
    case
        when score_home > score_away then home_team
        when score_away > score_home then away_team
        else 'TIE'
    end as leading_team,
    case when final_home > final_away then home_team else away_team end as winning_team
from moments
