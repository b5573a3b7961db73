-- One line a team and date: the newest, should the bookmaker have moved it.
select distinct on (team, date)
    team,
    date::date as game_date,
    spread,
    moneyline,
    total
from {{ source('bronze', 'draftkings_game_odds') }}
order by team, date, modified_at desc
