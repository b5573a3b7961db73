{{ config(severity='warn') }}

-- Every game has one winner: as long as both teams' box scores are here, wins and losses are as many.
select sum(wins) as wins, sum(losses) as losses
from {{ ref('standings') }}
having sum(wins) <> sum(losses)
