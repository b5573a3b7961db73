select player, team, injury, description, modified_at
from {{ source('bronze', 'bbref_player_injuries') }}
