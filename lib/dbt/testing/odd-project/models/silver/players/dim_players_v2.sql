select * from {{ ref('player_names') }} join {{ ref('stg_teams') }} using (id)
