-- Fails with the dates when the feature table holds more than one.
select game_date, count(*) as games
from {{ ref('ml_game_features') }}
group by game_date
having (select count(distinct game_date) from {{ ref('ml_game_features') }}) > 1
