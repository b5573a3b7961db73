select
    hometeam as home_team,
    awayteam as away_team,
    date::date as game_date,
    numberperiod as quarter,
    timequarter as time_quarter,
    descriptionplayvisitor || descriptionplayhome as play,
    scoreaway as score_away,
    scorehome as score_home,
    marginscore as margin_score
from {{ source('bronze', 'bbref_player_pbp') }}
