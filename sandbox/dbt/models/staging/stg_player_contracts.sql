select player, team, season_salary
from {{ source('bronze', 'bbref_player_contracts') }}
