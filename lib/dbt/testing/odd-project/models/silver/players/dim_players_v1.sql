select * from {{ ref('player_names') }}
